import { fail } from '../../../../preload/contract/errors.ts';
import { createRandom } from '../../../platform/random.ts';
import { openNetworkEngine, type NetworkRows, type NetworkShape } from '../../../platform/tensors/index.ts';
import { featureNames, type Design } from '../../../recipes/index.ts';
import { defineFamily, type Labelled } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { countingRows } from '../../take-rows.ts';
import { toTensors } from './layout.ts';
import type { Block, NetworkSpec } from './model.ts';
import { networkOnnx } from './onnx.ts';
import { readOutcome, type Outcome } from './outcome.ts';
import { NetworkParams } from './params.ts';
import { predictNetwork } from './predict.ts';
import { networkReport } from './report.ts';
import { refuseTooLarge, toRows, weightUnit } from './rows.ts';
import { learningRates } from './schedule.ts';
import { train } from './train.ts';
import { startWeights } from './weights.ts';

/**
 * Dense layers, with vectors for categories of codes and a wide part where wanted, trained on TensorFlow or WebAssembly; predictions are
 * plain JavaScript in double precision.
 */
export const network = defineFamily({
  id: 'network',
  version: 1,
  title: 'Neural network',
  doc: 'Layers of weighted sums, trained by gradient descent. Finds bends and interactions that a linear model misses; its weights cannot be read by a person.',
  readable: false,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'scaled', categories: 'both', missing: false, weights: true },
  params: NetworkParams,

  async fit(data, params, context) {
    const { design, target } = data.train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'network' });
    refuseLoneRows(params);
    refuseTooLarge([design, data.validation.design]);
    const pace = createPace(context.signal, 'training');
    const counted: Labelled = data.train.weights ? countingRows('network', data.train) : data.train;
    const outcome = readOutcome(counted.target, params, counted.weights);
    const unit = weightUnit(counted, outcome);
    const rows = await toRows(counted, outcome, pace, unit);
    const validation = await toRows(data.validation, outcome, pace, unit);
    const blocks = readBlocks(design, params);
    const shape = shapeOf(blocks, rows, outcome, params, context.seed);
    const random = createRandom(context.seed);
    const start = startWeights(shape, blocks, random);
    const engine = await openNetworkEngine();
    await pace.turn();
    const trainer = engine.createTrainer(shape, start, rows, validation);
    try {
      const sizes = { train: rows.rows, validation: validation.rows };
      const rates = learningRates(params, Math.ceil(rows.rows / params.batch_size));
      const trained = await train(trainer, sizes, params, rates, random, context);
      const notes = [...outcome.notes, ...vectorNotes(blocks, params), ...trained.notes];
      const spec: NetworkSpec = {
        link: outcome.link,
        modelled: [...outcome.modelled],
        blocks,
        hidden: params.hidden,
        activation: params.activation,
        ...(params.wide ? { wide: true as const } : {}),
        target: outcome.scaling,
        rows: rows.rows,
        training: { epochs: trained.epochs, best: trained.best, validationLoss: trained.validationLoss },
        notes,
      };
      return {
        artifact: {
          family: 'network',
          version: 1,
          task: target.task,
          classes: target.task === 'classification' ? target.classes : [],
          features: featureNames(design),
          spec,
          tensors: toTensors(shape, blocks, trained.weights),
        },
        engine: { id: engine.id, version: engine.version, detail: engine.detail },
        history: trained.history,
        notes,
      };
    } finally {
      trainer.dispose();
    }
  },

  predict: predictNetwork,
  onnx: networkOnnx,
  report: networkReport,
});

/** How long a category's vectors are by default: a rule of thumb of fastai, at most 50. */
function vectorSize(levels: number): number {
  return Math.min(50, Math.max(1, Math.round(1.6 * levels ** 0.56)));
}

/** Throws `family-param`: of one row there is no variance. */
function refuseLoneRows({ batch_norm, batch_size }: NetworkParams): void {
  if (!batch_norm || batch_size > 1) return;
  const message = 'batch normalisation needs batches of at least 2 rows; use 32 or more';
  throw fail('family-param', { family: 'network', param: 'batch_size', message });
}

/** A length that nothing has is said. */
function vectorNotes(blocks: readonly Block[], { embedding_size }: NetworkParams): string[] {
  if (embedding_size === null || blocks.some(({ kind }) => kind === 'codes')) return [];
  return [
    'embedding_size changes nothing: no category comes as codes; put the step codes in place of one-hot',
  ];
}

function readBlocks({ blocks }: Design, { embedding_size }: NetworkParams): Block[] {
  return blocks.map((block): Block => {
    if (block.kind === 'dense') return { kind: 'dense', size: block.names.length };
    const size = block.levels.length;
    if (block.kind === 'one-hot') return { kind: 'one-hot', size };
    return { kind: 'codes', size, vector: embedding_size ?? vectorSize(size) };
  });
}

function shapeOf(
  blocks: readonly Block[],
  rows: NetworkRows,
  outcome: Outcome,
  params: NetworkParams,
  seed: number,
): NetworkShape {
  const oneHot = blocks.filter(({ kind }) => kind === 'one-hot');
  const decay = params.weight_decay ?? (params.optimizer === 'adamw' ? 0.004 : 0);
  return {
    dense: rows.dense.length / rows.rows,
    coded: oneHot.length,
    levels: oneHot.reduce((total, { size }) => total + size, 0),
    embedded: blocks.flatMap((block) =>
      block.kind === 'codes' ? [{ rows: block.size + 1, size: block.vector }] : [],
    ),
    hidden: params.hidden,
    activation: params.activation,
    batchNorm: params.batch_norm,
    dropout: params.dropout > 0 ? { rate: params.dropout, seed: seed | 0 } : null,
    wide: params.wide,
    loss: outcome.loss,
    outputs: outcome.outputs,
    weighted: rows.weights.length > 0,
    l2: params.l2,
    decay,
    optimiser:
      params.optimizer === 'momentum'
        ? { kind: 'momentum', momentum: params.momentum }
        : { kind: params.optimizer === 'sgd' ? 'sgd' : 'adam' },
  };
}
