import { blockInputs, wideInputs, type Block, type NetworkModel } from './model.ts';

/** Weights as prediction reads them: doubles, so that no product converts its factors. */
export interface Tables {
  /** Dense columns of the design. */
  readonly columns: number;
  /** Of each layer, transposed: outputs x inputs. The first layer's has the dense columns only. */
  readonly weights: readonly Float64Array[];
  /**
   * What each level adds to the first layer, one row a level, block after block: the weights of one-hot levels, and of codes the vectors
   * times the weights, with one row more for -1.
   */
  readonly levels: Float64Array;
  /** The same straight to the output, of a wide network. */
  readonly wide: { readonly columns: Float64Array; readonly levels: Float64Array } | null;
}

const known = new WeakMap<NetworkModel, Tables>();

/** Laid out once per model. */
export function tablesOf(model: NetworkModel): Tables {
  const before = known.get(model);
  if (before) return before;
  const [first, ...rest] = model.layers;
  if (!first) throw new TypeError('a network needs a layer');
  const { blocks } = model.spec;
  const columns = rowsOf(blocks, blockInputs, (block) => block.kind === 'dense');
  const tables = {
    columns: columns.length,
    weights: [
      transposed(first.weights, columns, first.outputs),
      ...rest.map(({ weights, inputs, outputs }) => transposed(weights, [...Array(inputs).keys()], outputs)),
    ],
    levels: levelRows(model, first.weights, first.outputs),
    wide: wideTables(model),
  };
  known.set(model, tables);
  return tables;
}

/** Numbers of the rows that the blocks asked for have in a matrix over all blocks. */
function rowsOf(
  blocks: readonly Block[],
  count: (block: Block) => number,
  wanted: (block: Block) => boolean,
): number[] {
  const rows: number[] = [];
  let at = 0;
  for (const block of blocks) {
    for (let i = 0; i < count(block); i++, at++) if (wanted(block)) rows.push(at);
  }
  return rows;
}

function levelRows({ spec, embeddings }: NetworkModel, weights: Float32Array, outputs: number): Float64Array {
  const parts: Float64Array[] = [];
  let row = 0;
  let category = 0;
  for (const block of spec.blocks) {
    const own = weights.subarray(row * outputs, (row + blockInputs(block)) * outputs);
    row += blockInputs(block);
    if (block.kind === 'one-hot') parts.push(Float64Array.from(own));
    if (block.kind === 'codes') parts.push(product(embeddings[category++]!, own, block.vector, outputs));
  }
  const out = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** a [rows, inner] times b [inner, outputs]. */
function product(a: Float32Array, b: Float32Array, inner: number, outputs: number): Float64Array {
  const rows = a.length / inner;
  const out = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < inner; j++) {
      const x = a[i * inner + j]!;
      for (let k = 0; k < outputs; k++)
        out[i * outputs + k] = out[i * outputs + k]! + x * b[j * outputs + k]!;
    }
  }
  return out;
}

function wideTables({ spec, wide, layers }: NetworkModel): Tables['wide'] {
  if (!wide) return null;
  const outputs = layers.at(-1)?.outputs ?? 0;
  const numbers = rowsOf(spec.blocks, wideInputs, (block) => block.kind === 'dense');
  const levels = rowsOf(spec.blocks, wideInputs, (block) => block.kind !== 'dense');
  return {
    columns: transposed(wide, numbers, outputs),
    levels: Float64Array.from({ length: levels.length * outputs }, (_, at) => {
      const row = levels[Math.floor(at / outputs)]!;
      return wide[row * outputs + (at % outputs)]!;
    }),
  };
}

function transposed(weights: Float32Array, rows: readonly number[], outputs: number): Float64Array {
  const out = new Float64Array(rows.length * outputs);
  rows.forEach((row, j) => {
    for (let k = 0; k < outputs; k++) out[k * rows.length + j] = weights[row * outputs + k]!;
  });
  return out;
}
