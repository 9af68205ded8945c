import type { NetworkModel } from './model.ts';

/** Weights as prediction reads them: doubles, so that no product converts its factors. */
export interface Tables {
  /** Dense columns of the design. */
  readonly columns: number;
  /** Of each layer, transposed: outputs x inputs. The first layer's has the dense columns only. */
  readonly weights: readonly Float64Array[];
  /** First-layer weights of the levels of all one-hot blocks, one row a level. */
  readonly levels: Float64Array;
}

const known = new WeakMap<NetworkModel, Tables>();

/** Laid out once per model. */
export function tablesOf(model: NetworkModel): Tables {
  const before = known.get(model);
  if (before) return before;
  const rows = { dense: [] as number[], 'one-hot': [] as number[] };
  let feature = 0;
  for (const { kind, size } of model.spec.blocks) {
    for (let i = 0; i < size; i++) rows[kind].push(feature++);
  }
  const [first, ...rest] = model.layers;
  if (!first) throw new TypeError('a network needs a layer');
  const levels = new Float64Array(rows['one-hot'].length * first.outputs);
  rows['one-hot'].forEach((row, i) => {
    levels.set(first.weights.subarray(row * first.outputs, (row + 1) * first.outputs), i * first.outputs);
  });
  const tables = {
    columns: rows.dense.length,
    weights: [
      transposed(first.weights, rows.dense, first.outputs),
      ...rest.map(({ weights, inputs, outputs }) => transposed(weights, [...Array(inputs).keys()], outputs)),
    ],
    levels,
  };
  known.set(model, tables);
  return tables;
}

function transposed(weights: Float32Array, rows: readonly number[], outputs: number): Float64Array {
  const out = new Float64Array(rows.length * outputs);
  rows.forEach((row, j) => {
    for (let k = 0; k < outputs; k++) out[k * rows.length + j] = weights[row * outputs + k]!;
  });
  return out;
}
