/** A dense network: one hidden layer after another, then a linear output that the loss reads. */
export interface NetworkShape {
  /** Columns of numbers. */
  readonly dense: number;
  /** One-hot columns, each a code per row, with all their levels counted together. */
  readonly coded: number;
  readonly levels: number;
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
  /**
   * `squared`: mean squared error of one output. `sigmoid`: cross-entropy of one output against 0 or 1. `softmax`: cross-entropy of
   * `outputs` against a class code.
   */
  readonly loss: 'squared' | 'sigmoid' | 'softmax';
  readonly outputs: number;
  /** Added to the gradient of every weight (not bias): `l2` times the weight. */
  readonly l2: number;
}

/** Rows to learn from. Fed to the engine once; batches never come back to JavaScript. */
export interface NetworkRows {
  readonly rows: number;
  /** rows x dense, row-major. */
  readonly dense: Float32Array;
  /** rows x coded, row-major: positions in 0..levels-1 over all one-hot columns; -1 means all zeros. */
  readonly codes: Int32Array;
  /** Standardised value, 0 or 1, or class code, by the loss. */
  readonly target: Float32Array | Int32Array;
}

/**
 * The parameters, float32: for each layer its weights [inputs, outputs] and bias [outputs]. The first layer's weights stand in two
 * tensors: for the dense columns and, if there are one-hot columns, one row per level.
 */
export interface NetworkWeights {
  readonly dense: Float32Array;
  readonly levels: Float32Array;
  /** Bias of the first layer, then weights and bias of each further one. */
  readonly rest: readonly Float32Array[];
}

/** Adam (Kingma and Ba 2015, algorithm 1 in its efficient form): epsilon is added to the root of the second moment. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** The step size of update `t` (1, 2, ...) with both bias corrections in it. */
export function adamRate(learningRate: number, t: number): number {
  return (learningRate * Math.sqrt(1 - adam.beta2 ** t)) / (1 - adam.beta1 ** t);
}

export interface NetworkTrainer {
  /**
   * One pass over `order` (row numbers) in batches, the last one possibly smaller. Returns the mean loss per row, each batch's taken
   * before its update. Stops early, with NaN, when `stopped` says so; it is asked at least every 200 ms of work.
   */
  epoch(order: Int32Array, batch: number, learningRate: number, stopped: () => boolean): Promise<number>;
  /** Mean loss over the validation rows. */
  validate(): Promise<number>;
  read(): NetworkWeights;
  dispose(): void;
}

/** Sizes of the layers from the first hidden one to the output. */
export function layerSizes(shape: NetworkShape): readonly number[] {
  return [...shape.hidden, shape.outputs];
}
