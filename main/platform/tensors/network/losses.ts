import type { NetworkRows, NetworkShape } from './network.ts';

/** Which rows a batch has. */
export interface Targets {
  readonly rows: NetworkRows;
  readonly picked: Int32Array;
}

/** Sum of the batch's weighted losses, and its gradient by each output divided by the rows, [rows, outputs]. */
export interface Read {
  readonly loss: number;
  readonly slope: Float32Array;
}

export function readOutputs(shape: NetworkShape, outputs: Float32Array, { rows, picked }: Targets): Read {
  const slope = new Float32Array(outputs.length);
  let loss = 0;
  for (let i = 0; i < picked.length; i++) {
    const row = picked[i]!;
    const y = rows.target[row]!;
    const weight = shape.weighted ? rows.weights[row]! : 1;
    const share = weight / picked.length;
    if (shape.loss === 'squared') {
      const difference = outputs[i]! - y;
      loss += weight * difference * difference;
      slope[i] = 2 * difference * share;
    } else if (shape.loss === 'sigmoid') {
      const z = outputs[i]!;
      // log(1 + exp(z)) - y z without overflow.
      loss += weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z);
      slope[i] = (1 / (1 + Math.exp(-z)) - y) * share;
    } else {
      loss += weight * softmaxRow(outputs, slope, i * shape.outputs, shape.outputs, y, share);
    }
  }
  return { loss, slope };
}

/** Cross-entropy of one row: log(sum exp(z)) - z[y], and (softmax(z) - 1[y]) * share. */
function softmaxRow(
  outputs: Float32Array,
  slope: Float32Array,
  from: number,
  count: number,
  y: number,
  share: number,
): number {
  let most = -Infinity;
  for (let c = 0; c < count; c++) most = Math.max(most, outputs[from + c]!);
  let total = 0;
  for (let c = 0; c < count; c++) total += Math.exp(outputs[from + c]! - most);
  for (let c = 0; c < count; c++) {
    slope[from + c] = (Math.exp(outputs[from + c]! - most) / total - (c === y ? 1 : 0)) * share;
  }
  return most + Math.log(total) - outputs[from + y]!;
}
