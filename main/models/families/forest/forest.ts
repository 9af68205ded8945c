import { fail } from '../../../../preload/contract/errors.ts';
import { openLightgbm } from '../../../platform/lightgbm/index.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type Fitted, type Labelled } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { interleaveTrees } from '../../trees/interleave.ts';
import { labelWeights, startLearning, type Learning } from '../../trees/learn.ts';
import { parseLightgbm } from '../../trees/lightgbm-text.ts';
import {
  importanceTable,
  predictTrees,
  trainingTable,
  treeArtifact,
  treeModelOnnx,
} from '../../trees/tree-model.ts';
import { constantTrees, type Trees } from '../../trees/trees.ts';
import { readOutcome, type Outcome } from './outcome.ts';
import { ForestParams } from './params.ts';

const own = { id: 'forest', version: 1 } as const;

/**
 * Random forest (Breiman 2001) by LightGBM's rf mode. Classes are learned as means of 0/1 labels: a leaf's value is the share of the class
 * in it (LightGBM's own log loss would make one Newton step of it), and for three and more classes one forest per class, made to add up to 1.
 */
export const forest = defineFamily({
  ...own,
  title: 'Random forest',
  doc: 'The mean of many deep trees, each grown on other rows and features. Good without tuning, hard to overfit; takes categories and gaps as they are. Not readable, but every prediction can be explained exactly.',
  readable: false,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  params: ForestParams,

  async ready() {
    await openLightgbm();
  },

  async fit(data, params, context) {
    const { design, target } = data.train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'forest' });
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const outcome = readOutcome(target, params);
    // LightGBM can't draw less than a row.
    const drawn = Math.floor(design.rows * params.subsample);
    if (drawn === 0) return constantForest(data.train, outcome);
    const learning = await startLearning(
      'forest',
      data,
      new Int32Array(),
      { seed: context.seed, threads: params.num_threads, parameters: engineParameters(params) },
      pace,
    );
    try {
      const weights = labelWeights(data.train, undefined, outcome.classWeights);
      if (weights) learning.train.setWeight(Float32Array.from(weights));
      const grown: Trees[] = [];
      for (const [at, labels] of outcome.labels.entries()) {
        const mean = weightedMean(labels, weights);
        const trees = await grow(learning, labels, params.n_estimators, context.signal, async (tree) => {
          const done = (at + tree / params.n_estimators) / outcome.labels.length;
          context.progress(done, `tree ${tree} of ${params.n_estimators}`);
          await pace.turn();
        });
        grown.push(withConstants(trees, mean));
      }
      context.progress(1, 'done');
      return {
        artifact: treeArtifact(own, design, target, interleaveTrees(grown), {
          outcome: outcome.meaning,
          training: [],
          notes: [...outcome.notes],
        }),
        engine: learning.description,
        history: [],
        notes: outcome.notes,
      };
    } finally {
      learning.dispose();
    }
  },

  predict: predictTrees,
  onnx: treeModelOnnx,
  report: (artifact) => [importanceTable(artifact), trainingTable(artifact)],
});

/** Too few rows to draw from: every tree would say the mean. */
function constantForest({ design, target, weights }: Labelled, outcome: Outcome): Fitted {
  const trees = outcome.labels.map((labels) => constantTrees(weightedMean(labels, weights)));
  const notes = [...outcome.notes, 'too few rows to draw from: every row gets the same prediction'];
  return {
    artifact: treeArtifact(own, design, target, interleaveTrees(trees), {
      outcome: { ...outcome.meaning, divisor: 1 },
      training: [],
      notes,
    }),
    engine: javascriptEngine(),
    history: [],
    notes,
  };
}

async function grow(
  learning: Learning,
  labels: Float32Array,
  trees: number,
  signal: AbortSignal,
  turn: (tree: number) => Promise<void>,
): Promise<Trees> {
  learning.train.setLabel(labels);
  const booster = learning.createBooster(false);
  try {
    for (let tree = 1; tree <= trees; tree++) {
      await booster.update(signal);
      await turn(tree);
    }
    return parseLightgbm(booster.text(trees), 1);
  } finally {
    booster.dispose();
  }
}

/** A tree that could not be split says the mean. LightGBM gives it to the first only and 0 to the others, which would pull the forest to 0. */
function withConstants(trees: Trees, mean: number): Trees {
  const values = trees.values.slice();
  for (const root of trees.roots) if (root < 0) values[~root] = mean;
  return { ...trees, values };
}

function weightedMean(values: Float32Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    const weight = weights?.[i] ?? 1;
    sum += weight * value;
    total += weight;
  });
  return total > 0 ? sum / total : 0;
}

/** As LightGBM names them. */
function engineParameters(params: ForestParams) {
  return {
    boosting: 'rf',
    objective: 'regression',
    metric: 'none',
    num_leaves: params.num_leaves,
    max_depth: params.max_depth,
    min_data_in_leaf: params.min_child_samples,
    bagging_fraction: params.subsample,
    bagging_freq: 1,
    feature_fraction_bynode: params.max_features,
    extra_trees: params.extra_trees,
    max_bin: params.max_bin,
    cat_smooth: params.cat_smooth,
    cat_l2: params.cat_l2,
    min_data_per_group: params.min_data_per_group,
    max_cat_threshold: params.max_cat_threshold,
  };
}
