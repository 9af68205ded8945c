import { fail } from '../../../../preload/contract/errors.ts';
import { createRandom } from '../../../platform/random.ts';
import { featureNames } from '../../../recipes/index.ts';
import { blockShapes } from '../../blocks.ts';
import { countClasses } from '../../classes.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type Tensor } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { readNeighbours, type NeighboursSpec } from './model.ts';
import { neighboursOnnx } from './onnx.ts';
import { NeighboursParams } from './params.ts';
import { predictNeighbours } from './predict.ts';

/** k nearest neighbours (Fix and Hodges 1951; Cover and Hart 1967), exactly, over at most `max_rows` training rows. */
export const neighbours = defineFamily({
  id: 'neighbours',
  version: 1,
  title: 'Nearest neighbours',
  doc: 'The mean of the most similar training rows. Assumes nothing, so it is a check of other models; the model holds training rows, and can be no more readable than they are.',
  readable: false,
  keepsRows: true,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'scaled', categories: 'one-hot', missing: false, weights: false },
  params: NeighboursParams,

  async fit({ train: { design, target } }, params, context) {
    if (design.rows === 0) throw fail('family-rows-none', { family: 'neighbours' });
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const blocks = blockShapes('neighbours', design);
    if (target.task === 'classification') countClasses('neighbours', target);
    const kept = Math.min(design.rows, params.max_rows);
    const rows = drawRows(design.rows, kept, context.seed);
    const columns = design.blocks.flatMap((block) => (block.kind === 'dense' ? block.columns : []));
    const coded = design.blocks.flatMap((block) => (block.kind === 'dense' ? [] : [block.codes]));
    const points = new Float64Array(kept * columns.length);
    const codes = new Int32Array(kept * coded.length);
    for (const [i, row] of rows.entries()) {
      columns.forEach((column, d) => (points[i * columns.length + d] = column[row]!));
      coded.forEach((column, c) => (codes[i * coded.length + c] = column[row]!));
      if (i % 1024 === 0) await pace.turn();
    }
    const answers: Record<string, Tensor> =
      target.task === 'regression'
        ? { amounts: { shape: [kept], data: Float64Array.from(rows, (row) => target.values[row]!) } }
        : { classes: { shape: [kept], data: Int32Array.from(rows, (row) => target.codes[row]!) } };
    const notes = [
      ...(kept < design.rows ? [`${kept} of ${design.rows} training rows are kept, drawn by the seed`] : []),
      ...(kept < params.n_neighbors ? [`there are only ${kept} rows to be neighbours`] : []),
    ];
    const spec: NeighboursSpec = {
      blocks,
      kept,
      rows: design.rows,
      neighbours: Math.min(kept, params.n_neighbors),
      weights: params.weights,
      metric: params.metric,
      notes,
    };
    context.progress(1, 'done');
    return {
      artifact: {
        family: 'neighbours',
        version: 1,
        task: target.task,
        classes: target.task === 'classification' ? target.classes : [],
        features: featureNames(design),
        spec,
        tensors: {
          points: { shape: [kept, columns.length], data: points },
          codes: { shape: [kept, coded.length], data: codes },
          ...answers,
        },
      },
      engine: javascriptEngine(),
      history: [],
      notes,
    };
  },

  predict: predictNeighbours,
  onnx: neighboursOnnx,

  report(artifact) {
    const { spec } = readNeighbours(artifact);
    return [
      {
        title: 'Neighbours',
        columns: ['what', 'value'],
        rows: [
          ['neighbours per prediction', spec.neighbours],
          ['weights', spec.weights],
          ['distance', spec.metric],
          ['rows kept', spec.kept],
          ['training rows', spec.rows],
        ],
        notes: ['the model holds these rows as they are after the steps', ...spec.notes],
      },
    ];
  },
});

/** Rows in ascending order; all of them where there are no more. */
function drawRows(rows: number, kept: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  if (kept === rows) return all;
  return createRandom(seed).shuffle(all).subarray(0, kept).toSorted();
}
