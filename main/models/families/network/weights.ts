import type { Random } from '../../../platform/random.ts';
import {
  layerSizes,
  parametersOf,
  type NetworkShape,
  type NetworkWeights,
} from '../../../platform/tensors/index.ts';
import { split } from './layout.ts';
import { blockInputs, totalOf, type Block } from './model.ts';

/** Vectors of categories begin uniform in ± this, as in Keras. */
const vectorLimit = 0.05;

/**
 * Weights to start from: uniform in ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010, eq. 16), biases and wide weights 0, scales 1.
 * Drawn in the order of the artifact's tensors, so that they don't depend on how an engine splits the first layer. A category's last
 * vector, for levels that are not among its own, begins at 0, and stays there where training never meets one.
 */
export function startWeights(shape: NetworkShape, blocks: readonly Block[], random: Random): NetworkWeights {
  const sizes = layerSizes(shape);
  const width = totalOf(blocks, blockInputs);
  const draw = (inputs: number, outputs: number): Float32Array => {
    const limit = Math.sqrt(6 / (inputs + outputs));
    return Float32Array.from({ length: inputs * outputs }, () => (2 * random.uniform() - 1) * limit);
  };
  const first = sizes[0] ?? 0;
  const out: Record<string, Float32Array> = {};
  for (const { name, kind, shape: size } of parametersOf(shape)) {
    const length = size.reduce((product, one) => product * one, 1);
    out[name] = new Float32Array(length).fill(kind === 'scale' ? 1 : 0);
  }
  // Without features there is one column of zeros, whose weights do nothing.
  if (width > 0) Object.assign(out, split(draw(width, first), blocks, blockInputs, first));
  sizes.slice(1).forEach((outputs, i) => (out[`weights${i + 2}`] = draw(sizes[i] ?? 0, outputs)));
  shape.embedded.forEach(({ rows, size }, k) => {
    const drawn = Float32Array.from(
      { length: (rows - 1) * size },
      () => (2 * random.uniform() - 1) * vectorLimit,
    );
    out[`embedding${k + 1}`]?.set(drawn);
  });
  return out;
}
