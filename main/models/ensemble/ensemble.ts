import type { OnnxValue } from '../../platform/onnx/index.ts';
import { memberDesign, memberPrefix } from '../../recipes/index.ts';
import type { ModelArtifact, ModelKind, ReportTable } from '../family.ts';
import { ensembleId, readEnsemble } from './spec.ts';
import { stackDesign, stackFeatures } from './stack-design.ts';

/** How models inside it are applied, whatever they are. */
export type Apply = Pick<ModelKind, 'predict' | 'onnx' | 'report'>;

/**
 * Several models as one. Its design is theirs beside each other (`joinDesigns`); their predictions are averaged, of classes the
 * probabilities (soft voting), or another model predicts from them (stacking: Wolpert 1992).
 */
export function createEnsemble(apply: Apply): ModelKind {
  return {
    id: ensembleId,
    predict(artifact, design) {
      const ensemble = readEnsemble(artifact);
      const said = ensemble.members.map((member, i) => apply.predict(member, memberDesign(design, i)));
      return ensemble.how === 'average'
        ? averaged(said, ensemble.weights)
        : apply.predict(ensemble.meta, stackDesign(said, artifact.classes, design.rows));
    },
    onnx(artifact, graph, features) {
      const ensemble = readEnsemble(artifact);
      const said = ensemble.members.map((member, i) => {
        const prefix = memberPrefix(i);
        const own = features
          .filter(({ name }) => name.startsWith(prefix))
          .map((feature) => ({ ...feature, name: feature.name.slice(prefix.length) }));
        return apply.onnx(member, graph, own);
      });
      if (ensemble.how === 'stack') {
        return apply.onnx(ensemble.meta, graph, stackFeatures(said, artifact));
      }
      const { weights } = ensemble;
      return (said[0] ?? []).map((_, k) =>
        said
          .map(([...values], i): OnnxValue => {
            const weight = graph.constant({ type: 'double', shape: [1, 1], data: [weights[i]!] });
            return graph.node('Mul', [values[k]!, weight]);
          })
          .reduce((sum, value) => graph.node('Add', [sum, value])),
      );
    },
    report(artifact) {
      const ensemble = readEnsemble(artifact);
      return [
        membersTable(ensemble.members, ensemble.how === 'average' ? ensemble.weights : null),
        ...(ensemble.how === 'stack' ? apply.report(ensemble.meta) : []),
      ];
    },
  };
}

/** Weights add up to 1. */
export function averaged(said: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(said[0]?.length ?? 0);
  said.forEach((values, i) => {
    const weight = weights[i]!;
    values.forEach((value, at) => (sum[at]! += weight * value));
  });
  return sum;
}

function membersTable(members: readonly ModelArtifact[], weights: readonly number[] | null): ReportTable {
  return {
    title: 'Models inside',
    columns: ['model', 'family', 'features', ...(weights ? ['weight'] : [])],
    rows: members.map(({ family, features }, i) => [
      `model ${i + 1}`,
      family,
      features.length,
      ...(weights ? [weights[i]!] : []),
    ]),
    notes: [
      weights
        ? 'the prediction is the mean of what the models predict, by these weights; of classes it is the mean of their probabilities'
        : 'the prediction is made from what the models predict, by the model below',
    ],
  };
}
