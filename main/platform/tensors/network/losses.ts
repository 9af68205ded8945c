import type { NetworkShape } from './network.ts';

/** Which targets the rows of a batch have. */
export interface Targets {
  readonly target: Float32Array | Int32Array;
  readonly rows: Int32Array;
}

/** Sum of the batch's losses and the gradient of their mean by each output, [rows, outputs]. */
export interface Read {
  readonly loss: number;
  readonly slope: Float32Array;
}

export function readOutputs(shape: NetworkShape, outputs: Float32Array, { target, rows }: Targets): Read {
  const slope = new Float32Array(outputs.length);
  const share = 1 / rows.length;
  let loss = 0;
  for (let i = 0; i < rows.length; i++) {
    const y = target[rows[i]!]!;
    if (shape.loss === 'squared') {
      const difference = outputs[i]! - y;
      loss += difference * difference;
      slope[i] = 2 * difference * share;
    } else if (shape.loss === 'sigmoid') {
      const z = outputs[i]!;
      // log(1 + exp(z)) - y z without overflow.
      loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
      slope[i] = (1 / (1 + Math.exp(-z)) - y) * share;
    } else {
      loss += softmaxRow(outputs, slope, i * shape.outputs, shape.outputs, y, share);
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
