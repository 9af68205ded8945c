import { fail } from '../../../../preload/contract/errors.ts';
import { openLightgbm } from '../../../platform/lightgbm/index.ts';
import { defineFamily } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { labelWeights, startLearning } from '../../trees/learn.ts';
import { parseLightgbm } from '../../trees/lightgbm-text.ts';
import { outputsOf } from '../../trees/outcome.ts';
import {
  importanceTable,
  predictTrees,
  trainingTable,
  treeArtifact,
  treeModelOnnx,
} from '../../trees/tree-model.ts';
import { constraintList } from './constraints.ts';
import { readOutcome } from './outcome.ts';
import { BoostingParams } from './params.ts';
import { train } from './train.ts';

const own = { id: 'boosting', version: 1 } as const;

/** Gradient boosting by LightGBM (Ke et al. 2017). The library trains; predictions are plain JavaScript over the trees as arrays. */
export const boosting = defineFamily({
  ...own,
  title: 'Boosted trees',
  doc: 'Many small trees, each correcting those before it. Usually the most accurate on tables; takes categories and gaps as they are. Its trees are too many to read, but every prediction can be explained exactly.',
  readable: false,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  params: BoostingParams,

  async ready() {
    await openLightgbm();
  },

  async fit(data, params, context) {
    const { design, target } = data.train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'boosting' });
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const outcome = readOutcome(target, params);
    const labels = outcome.labels(target);
    const checked = outcome.labels(data.validation.target);
    const constraints = constraintList(params.monotone_constraints, design);
    const learning = await startLearning(
      'boosting',
      data,
      checked.usable,
      {
        seed: context.seed,
        threads: params.num_threads,
        parameters: {
          ...engineParameters(params),
          ...outcome.parameters,
          ...(constraints ? { monotone_constraints: constraints } : {}),
        },
      },
      pace,
    );
    try {
      learning.train.setLabel(labels.values);
      const weights = labelWeights(data.train, undefined, outcome.classWeights);
      if (weights) learning.train.setWeight(Float32Array.from(weights));
      learning.validation?.setLabel(checked.values);
      const checkedWeights = labelWeights(data.validation, checked.usable, outcome.classWeights);
      const weighed = !checkedWeights || checkedWeights.some((weight) => weight > 0);
      if (checkedWeights && weighed) learning.validation?.setWeight(Float32Array.from(checkedWeights));
      const watched = weighed && learning.validation !== undefined;
      const booster = learning.createBooster(watched);
      try {
        const trained = await train(booster, watched, params, context, pace);
        const trees = parseLightgbm(booster.text(trained.best), outputsOf(outcome.meaning));
        const notes = [...outcome.notes, ...trained.notes];
        context.progress(1, 'done');
        return {
          artifact: treeArtifact(own, design, target, trees, {
            outcome: outcome.meaning,
            training: [
              ['objective', String(outcome.parameters['objective'])],
              ['iterations run', trained.iterations],
              ['iterations kept', trained.best],
              ...(trained.validationLoss === null
                ? []
                : [['lowest validation loss', trained.validationLoss] satisfies [string, number]]),
            ],
            notes,
          }),
          engine: learning.description,
          history: trained.history,
          notes,
        };
      } finally {
        booster.dispose();
      }
    } finally {
      learning.dispose();
    }
  },

  predict: predictTrees,
  onnx: treeModelOnnx,
  report: (artifact) => [importanceTable(artifact), trainingTable(artifact)],
});

/** As LightGBM names them. */
function engineParameters(params: BoostingParams) {
  return {
    boosting: 'gbdt',
    learning_rate: params.learning_rate,
    num_leaves: params.num_leaves,
    max_depth: params.max_depth,
    min_data_in_leaf: params.min_child_samples,
    min_sum_hessian_in_leaf: params.min_child_weight,
    bagging_fraction: params.subsample,
    bagging_freq: params.subsample < 1 ? 1 : 0,
    feature_fraction: params.colsample_bytree,
    lambda_l1: params.reg_alpha,
    lambda_l2: params.reg_lambda,
    min_gain_to_split: params.min_split_gain,
    max_bin: params.max_bin,
    cat_smooth: params.cat_smooth,
    cat_l2: params.cat_l2,
    min_data_per_group: params.min_data_per_group,
    max_cat_threshold: params.max_cat_threshold,
  };
}
