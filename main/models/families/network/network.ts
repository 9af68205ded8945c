import { fail } from '../../../../preload/contract/errors.ts';
import { createRandom } from '../../../platform/random.ts';
import { openNetworkEngine, type NetworkShape } from '../../../platform/tensors/index.ts';
import { featureNames } from '../../../recipes/index.ts';
import { blockShapes } from '../../blocks.ts';
import { defineFamily } from '../../family.ts';
import { createPace } from '../../pace.ts';
import type { NetworkSpec } from './model.ts';
import { networkOnnx } from './onnx.ts';
import { readOutcome } from './outcome.ts';
import { NetworkParams } from './params.ts';
import { predictNetwork } from './predict.ts';
import { networkReport } from './report.ts';
import { toRows } from './rows.ts';
import { train } from './train.ts';
import { startWeights, toTensors } from './weights.ts';

/** Dense layers, trained by Adam on TensorFlow or WebAssembly; predictions are plain JavaScript in double precision. */
export const network = defineFamily({
  id: 'network',
  version: 1,
  title: 'Neural network',
  doc: 'Layers of weighted sums, trained by gradient descent. Finds bends and interactions that a linear model misses; its weights cannot be read by a person.',
  readable: false,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'scaled', categories: 'one-hot', missing: false, weights: false },
  params: NetworkParams,

  async fit(data, params, context) {
    const { design, target } = data.train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'network' });
    const pace = createPace(context.signal, 'training');
    const outcome = readOutcome(target);
    const rows = await toRows(data.train, outcome, pace);
    const validation = await toRows(data.validation, outcome, pace);
    const blocks = blockShapes('network', design);
    const levels = blocks.filter(({ kind }) => kind === 'one-hot').map(({ size }) => size);
    const shape: NetworkShape = {
      dense: rows.dense.length / rows.rows,
      coded: levels.length,
      levels: levels.reduce((total, size) => total + size, 0),
      hidden: params.hidden,
      activation: params.activation,
      loss: outcome.loss,
      outputs: outcome.outputs,
      l2: params.l2,
    };
    const random = createRandom(context.seed);
    const start = startWeights(shape, blocks, random);
    const engine = await openNetworkEngine();
    await pace.turn();
    const trainer = engine.createTrainer(shape, start, rows, validation);
    try {
      const sizes = { train: rows.rows, validation: validation.rows };
      const trained = await train(trainer, sizes, params, random, context);
      const notes = [...outcome.notes, ...trained.notes];
      const spec: NetworkSpec = {
        link: outcome.link,
        modelled: [...outcome.modelled],
        blocks,
        hidden: params.hidden,
        activation: params.activation,
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
