import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { mean, median } from '../../../math/index.ts';
import { featureNames, type Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type ModelArtifact } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { tensorOf } from '../../tensor.ts';

const BaselineParams = z.strictObject({
  strategy: z.enum(['default', 'mean', 'median', 'prior', 'majority']).default('default').meta({
    title: 'Strategy',
    description:
      'What is predicted for every row. Regression: mean (the default) or median of the training rows. Classification: prior (the default; class frequencies) or majority (all on the most frequent class).',
  }),
});

const forTask = { regression: ['mean', 'median'], classification: ['prior', 'majority'] } as const;

const Spec = z.strictObject({
  strategy: z.enum(['mean', 'median', 'prior', 'majority']),
  rows: z.int().min(1),
});

/** Predicts the same for every row; what any other model must beat (scikit-learn: DummyRegressor, DummyClassifier). */
export const baseline = defineFamily({
  id: 'baseline',
  version: 1,
  title: 'Baseline',
  doc: 'Ignores the features and predicts the mean or the class frequencies. What any other model must beat; readable.',
  readable: true,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'scaled', categories: 'one-hot', missing: false, weights: false },
  params: BaselineParams,

  async fit({ train }, params, context) {
    await createPace(context.signal, 'training').turn();
    const { design, target } = train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'baseline' });
    const allowed: readonly string[] = forTask[target.task];
    const strategy = params.strategy === 'default' ? forTask[target.task][0] : params.strategy;
    if (!allowed.includes(strategy)) {
      throw fail('family-param', {
        family: 'baseline',
        param: 'strategy',
        message: `"${strategy}" is not for ${target.task}; use ${allowed.join(' or ')}`,
      });
    }
    const values = constantPrediction(target, strategy);
    return {
      artifact: {
        family: 'baseline',
        version: 1,
        task: target.task,
        classes: target.task === 'classification' ? target.classes : [],
        features: featureNames(design),
        spec: { strategy, rows: design.rows },
        tensors: { prediction: { shape: [values.length], data: values } },
      },
      engine: javascriptEngine(),
      history: [],
      notes: [],
    };
  },

  predict(artifact, design) {
    const values = read(artifact);
    if (design.width !== artifact.features.length) {
      throw fail('model-input-mismatch', {
        family: 'baseline',
        expected: `${artifact.features.length} features`,
        found: `${design.width}`,
      });
    }
    const out = new Float64Array(design.rows * values.length);
    for (let row = 0; row < design.rows; row++) out.set(values, row * values.length);
    return out;
  },

  onnx(artifact, graph, features) {
    const anchor = features[0];
    if (anchor === undefined) throw new TypeError('a model without features has no ONNX form');
    const shape = graph.node('Shape', [anchor.kind === 'dense' ? anchor.value : anchor.codes]);
    return Array.from(read(artifact), (value) =>
      graph.node('ConstantOfShape', [shape], {
        value: { tensor: { type: 'double', shape: [1], data: [value] } },
      }),
    );
  },

  report(artifact) {
    const values = read(artifact);
    const { strategy, rows } = Spec.parse(artifact.spec);
    const labels = artifact.task === 'regression' ? ['every row'] : artifact.classes;
    return [
      {
        title: 'What is predicted for every row',
        columns: [
          artifact.task === 'regression' ? '' : 'class',
          artifact.task === 'regression' ? strategy : 'probability',
        ],
        rows: labels.map((label, i) => [label, values[i] ?? null]),
        notes: [`from ${rows} training rows`],
      },
    ];
  },
});

function constantPrediction(target: Target, strategy: string): Float64Array {
  if (target.task === 'regression') {
    return Float64Array.of(strategy === 'mean' ? mean(target.values) : median(target.values));
  }
  const { counts } = countClasses('baseline', target);
  if (strategy === 'prior') return Float64Array.from(counts, (count) => count / target.codes.length);
  const most = counts.indexOf(Math.max(...counts));
  return Float64Array.from(counts, (_, code) => (code === most ? 1 : 0));
}

function read(artifact: ModelArtifact): Float64Array {
  const outputs = artifact.task === 'regression' ? 1 : artifact.classes.length;
  if (!Spec.safeParse(artifact.spec).success) {
    throw fail('model-damaged', { reason: 'the baseline model does not say its strategy' });
  }
  return tensorOf(artifact, 'prediction', [outputs]);
}
