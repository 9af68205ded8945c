/**
 * A network: categories by tables of vectors, one hidden layer after another, then a linear output that the loss reads. `wide` adds a
 * weighted sum of all inputs to the output.
 */
export interface NetworkShape {
  /** Columns of numbers. */
  readonly dense: number;
  /** One-hot columns, each a code per row, with all their levels counted together. */
  readonly coded: number;
  readonly levels: number;
  /** Categories that the first layer sees as a vector each, learned with the rest. */
  readonly embedded: readonly Embedding[];
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
  /**
   * Each hidden layer's sums are brought to mean 0 and variance 1 over the batch, then scaled and shifted by what is learned, before the
   * activation (Ioffe and Szegedy 2015). Afterwards the running mean and variance take the batch's place.
   */
  readonly batchNorm: boolean;
  /** In training this share of each hidden layer's outputs is 0, the others are as much larger (Srivastava et al. 2014). */
  readonly dropout: { readonly rate: number; readonly seed: number } | null;
  /** Whether the output has a weighted sum of all inputs added (Cheng et al. 2016). */
  readonly wide: boolean;
  /**
   * `squared`: mean squared error of one output. `sigmoid`: cross-entropy of one output against 0 or 1. `softmax`: cross-entropy of
   * `outputs` against a class code.
   */
  readonly loss: 'squared' | 'sigmoid' | 'softmax';
  readonly outputs: number;
  /** Whether rows have weights. A row's loss is multiplied by its own; the mean over the batch still divides by its rows. */
  readonly weighted: boolean;
  /** Added to the gradient of every weight (not bias): `l2` times the weight. */
  readonly l2: number;
  /** Each update first shrinks every weight (not bias) by this share of it times the learning rate (Loshchilov and Hutter 2019). */
  readonly decay: number;
  readonly optimiser: Optimiser;
}

interface Embedding {
  /** Rows of the table. */
  readonly rows: number;
  /** Length of its vectors. */
  readonly size: number;
}

/**
 * `momentum`: velocity = momentum * velocity + gradient, and the weight moves by the learning rate times it. `adam`: Kingma and Ba 2015,
 * algorithm 1 in its efficient form: epsilon is added to the root of the second moment.
 */
export type Optimiser =
  | { readonly kind: 'sgd' }
  | { readonly kind: 'momentum'; readonly momentum: number }
  | { readonly kind: 'adam' };

/** Rows to learn from. Fed to the engine once; batches never come back to JavaScript. */
export interface NetworkRows {
  readonly rows: number;
  /** rows x dense, row-major. */
  readonly dense: Float32Array;
  /** rows x coded, row-major: positions in 0..levels-1 over all one-hot columns; -1 means all zeros. */
  readonly codes: Int32Array;
  /** rows x embedded, row-major: the row of each category's table. */
  readonly embedded: Int32Array;
  /** Standardised value, 0 or 1, or class code, by the loss. */
  readonly target: Float32Array | Int32Array;
  /** One a row where the shape is weighted, else none. */
  readonly weights: Float32Array;
}

/** The parameters by name, float32; `parametersOf` says which there are and of what shape. */
export type NetworkWeights = Readonly<Record<string, Float32Array>>;

export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
/** Added to the variance. */
export const normEpsilon = 1e-3;

/** The step size of update `t` (1, 2, ...) as the optimiser wants it: for Adam with both bias corrections in it. */
export function stepSize({ kind }: Optimiser, learningRate: number, t: number): number {
  if (kind !== 'adam') return learningRate;
  return (learningRate * Math.sqrt(1 - adam.beta2 ** t)) / (1 - adam.beta1 ** t);
}

/**
 * How far update `t` moves the running mean and variance towards the batch's: the mean of all batches at first, then one that forgets with
 * momentum 0.99.
 */
export function normBlend(t: number): number {
  return Math.max(0.01, 1 / t);
}

/** The learning rate of update `t` (1, 2, ...). */
export type Rate = (t: number) => number;

export interface NetworkTrainer {
  /**
   * One pass over `order` (row numbers) in batches, the last one possibly smaller. Returns the mean loss per row, each batch's taken
   * before its update. Stops early, with NaN, when `stopped` says so; it is asked at least every 200 ms of work.
   */
  epoch(order: Int32Array, batch: number, rate: Rate, stopped: () => boolean): Promise<number>;
  /** Mean loss over the validation rows, as predictions are made: nothing dropped, running mean and variance. */
  validate(): Promise<number>;
  /** What predicts: normalisation is folded into the weights and biases before it. */
  read(): NetworkWeights;
  dispose(): void;
}

/** Sizes of the layers from the first hidden one to the output. */
export function layerSizes(shape: Pick<NetworkShape, 'hidden' | 'outputs'>): readonly number[] {
  return [...shape.hidden, shape.outputs];
}

/** Sum of the weights of some rows; their number where rows have none. */
export function weightOf({ weights }: NetworkRows, rows: Int32Array | number): number {
  if (weights.length === 0) return typeof rows === 'number' ? rows : rows.length;
  let sum = 0;
  if (typeof rows === 'number') for (const weight of weights) sum += weight;
  else for (const row of rows) sum += weights[row]!;
  return sum;
}
