import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { linearScoresOnnx } from '../../linear-predictor/onnx.ts';
import { twoClassesOnnx } from '../../two-classes.ts';
import { readLinear } from './model.ts';

export function linearOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const model = readLinear(artifact);
  const scores = linearScoresOnnx(model, graph, features);
  if (model.spec.link === 'identity') return [scores];
  const byClass = new Map<number, OnnxValue>();
  const { modelled } = model.spec;
  if (model.spec.link === 'logit') return twoClassesOnnx(graph, scores, modelled, artifact.classes.length);
  const probabilities = graph.node('Softmax', [scores], { axis: 1n });
  modelled.forEach((code, k) => {
    const index = graph.constant({ type: 'int64', shape: [1], data: [k] });
    byClass.set(code, graph.node('Gather', [probabilities, index], { axis: 1n }));
  });
  return artifact.classes.map((_, code) => byClass.get(code) ?? zeroLike(graph, byClass.get(modelled[0]!)!));
}

function zeroLike(graph: OnnxGraph, value: OnnxValue): OnnxValue {
  const zero = { type: 'double' as const, shape: [1], data: [0] };
  return graph.node('ConstantOfShape', [graph.node('Shape', [value])], { value: { tensor: zero } });
}
