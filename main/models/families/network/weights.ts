import type { Random } from '../../../platform/random.ts';
import { layerSizes, type NetworkShape, type NetworkWeights } from '../../../platform/tensors/index.ts';
import type { Tensor } from '../../family.ts';
import type { NetworkSpec } from './model.ts';

type Blocks = NetworkSpec['blocks'];

/**
 * Weights to start from: uniform in ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010, eq. 16), biases 0. Drawn in the order of the
 * artifact's tensors, so that they don't depend on how an engine splits the first layer.
 */
export function startWeights(shape: NetworkShape, blocks: Blocks, random: Random): NetworkWeights {
  const sizes = layerSizes(shape);
  const width = blocks.reduce((total, { size }) => total + size, 0);
  const draw = (inputs: number, outputs: number): Float32Array => {
    const limit = Math.sqrt(6 / (inputs + outputs));
    return Float32Array.from({ length: inputs * outputs }, () => (2 * random.uniform() - 1) * limit);
  };
  const first = sizes[0] ?? 0;
  const { dense, levels } = split(draw(width, first), blocks, first);
  const rest: Float32Array[] = [new Float32Array(first)];
  sizes.slice(1).forEach((outputs, i) => rest.push(draw(sizes[i] ?? 0, outputs), new Float32Array(outputs)));
  // Without features there is one column of zeros, whose weights do nothing.
  return { dense: width === 0 ? new Float32Array(first) : dense, levels, rest };
}

/** The artifact's tensors. */
export function toTensors(
  shape: NetworkShape,
  blocks: Blocks,
  weights: NetworkWeights,
): Record<string, Tensor> {
  const sizes = layerSizes(shape);
  const width = blocks.reduce((total, { size }) => total + size, 0);
  const tensors: Record<string, Tensor> = {};
  sizes.forEach((outputs, i) => {
    const inputs = i === 0 ? width : (sizes[i - 1] ?? 0);
    const values = i === 0 ? joined(weights, blocks, outputs) : weights.rest[2 * i - 1];
    tensors[`layer${i + 1}.weights`] = { shape: [inputs, outputs], data: values ?? new Float32Array() };
    tensors[`layer${i + 1}.bias`] = { shape: [outputs], data: weights.rest[2 * i] ?? new Float32Array() };
  });
  return tensors;
}

/** The first layer's rows by kind of block; `joined` puts them back into the order of the design. */
function split(
  matrix: Float32Array,
  blocks: Blocks,
  outputs: number,
): { readonly dense: Float32Array; readonly levels: Float32Array } {
  const count = (kind: Blocks[number]['kind']): number =>
    blocks.reduce((total, block) => total + (block.kind === kind ? block.size * outputs : 0), 0);
  const parts = { dense: new Float32Array(count('dense')), 'one-hot': new Float32Array(count('one-hot')) };
  const to = { dense: 0, 'one-hot': 0 };
  let at = 0;
  for (const { kind, size } of blocks) {
    parts[kind].set(matrix.subarray(at, at + size * outputs), to[kind]);
    to[kind] += size * outputs;
    at += size * outputs;
  }
  return { dense: parts.dense, levels: parts['one-hot'] };
}

function joined({ dense, levels }: NetworkWeights, blocks: Blocks, outputs: number): Float32Array {
  const out = new Float32Array(blocks.reduce((total, { size }) => total + size * outputs, 0));
  const from = { dense: 0, 'one-hot': 0 };
  let at = 0;
  for (const { kind, size } of blocks) {
    const source = kind === 'dense' ? dense : levels;
    out.set(source.subarray(from[kind], from[kind] + size * outputs), at);
    from[kind] += size * outputs;
    at += size * outputs;
  }
  return out;
}
