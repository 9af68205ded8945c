import { layerSizes, type NetworkShape, type NetworkWeights } from '../../../platform/tensors/index.ts';
import type { Tensor } from '../../family.ts';
import { blockInputs, totalOf, wideInputs, type Block } from './model.ts';

/** The engine's names of the parts that stand together in one tensor of the artifact, in the order of the design. */
type Part = 'dense' | 'levels' | 'embedded';
const partOf = { dense: 'dense', 'one-hot': 'levels', codes: 'embedded' } as const satisfies Record<
  Block['kind'],
  Part
>;

/** Rows of a matrix over all blocks by kind of block; `joined` puts them back into the order of the design. */
export function split(
  matrix: Float32Array,
  blocks: readonly Block[],
  rowsOf: (block: Block) => number,
  outputs: number,
): Readonly<Record<Part, Float32Array>> {
  const parts = { dense: new Float32Array(), levels: new Float32Array(), embedded: new Float32Array() };
  for (const kind of ['dense', 'one-hot', 'codes'] as const) {
    const own = blocks.filter((block) => block.kind === kind);
    parts[partOf[kind]] = new Float32Array(totalOf(own, rowsOf) * outputs);
  }
  walk(blocks, rowsOf, outputs, (part, from, to, length) =>
    parts[part].set(matrix.subarray(from, from + length), to),
  );
  return parts;
}

function joined(
  parts: Readonly<Record<Part, Float32Array>>,
  blocks: readonly Block[],
  rowsOf: (block: Block) => number,
  outputs: number,
): Float32Array {
  const out = new Float32Array(totalOf(blocks, rowsOf) * outputs);
  walk(blocks, rowsOf, outputs, (part, to, from, length) =>
    out.set(parts[part].subarray(from, from + length), to),
  );
  return out;
}

/** Where each block's rows are in the whole matrix, and in the part of its kind. */
function walk(
  blocks: readonly Block[],
  rowsOf: (block: Block) => number,
  outputs: number,
  visit: (part: Part, inAll: number, inPart: number, length: number) => void,
): void {
  const next = { dense: 0, levels: 0, embedded: 0 };
  let at = 0;
  for (const block of blocks) {
    const [part, length] = [partOf[block.kind], rowsOf(block) * outputs];
    visit(part, at, next[part], length);
    next[part] += length;
    at += length;
  }
}

/** The artifact's tensors. */
export function toTensors(
  shape: NetworkShape,
  blocks: readonly Block[],
  weights: NetworkWeights,
): Record<string, Tensor> {
  const sizes = layerSizes(shape);
  const tensors: Record<string, Tensor> = {};
  const parts = (prefix: '' | 'wide.'): Readonly<Record<Part, Float32Array>> => ({
    dense: named(weights, `${prefix}dense`),
    levels: named(weights, `${prefix}levels`),
    embedded: named(weights, `${prefix}embedded`),
  });
  sizes.forEach((outputs, i) => {
    const inputs = i === 0 ? totalOf(blocks, blockInputs) : (sizes[i - 1] ?? 0);
    const data =
      i === 0 ? joined(parts(''), blocks, blockInputs, outputs) : named(weights, `weights${i + 1}`);
    tensors[`layer${i + 1}.weights`] = { shape: [inputs, outputs], data };
    tensors[`layer${i + 1}.bias`] = { shape: [outputs], data: named(weights, `bias${i + 1}`) };
  });
  shape.embedded.forEach(({ rows, size }, k) => {
    tensors[`embedding${k + 1}`] = { shape: [rows, size], data: named(weights, `embedding${k + 1}`) };
  });
  if (shape.wide) {
    const data = joined(parts('wide.'), blocks, wideInputs, shape.outputs);
    tensors['wide.weights'] = { shape: [totalOf(blocks, wideInputs), shape.outputs], data };
  }
  return tensors;
}

function named(weights: NetworkWeights, name: string): Float32Array {
  return weights[name] ?? new Float32Array();
}
