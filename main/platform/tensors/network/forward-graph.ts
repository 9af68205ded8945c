import type { Attribute, GraphBuilder, Output } from '../graph/graph-def.ts';
import {
  addAll,
  addBias,
  binary,
  bool,
  columnSums,
  concatColumns,
  float,
  int,
  matMul,
  read,
  reshape,
  shapeOf,
  sumOver,
  unary,
  unpackColumns,
} from './graph-ops.ts';
import { normEpsilon, type NetworkShape } from './network.ts';
import { tableStarts } from './parameters.ts';

/** Variables by name. */
export type Handles = Readonly<Record<string, Output>>;

/** Rows to take through the network. In training `share` is 1 / their number and `step` the update's. */
export interface Batch {
  readonly rows: Output;
  readonly after: readonly Output[];
  readonly training?: { readonly share: Output; readonly step: Output };
}

export interface HiddenPass {
  /** Of a normalised layer in training: its sums at mean 0 and variance 1, one over the deviation, the scale; and the batch's own. */
  readonly norm?: {
    readonly standard: Output;
    readonly inverse: Output;
    readonly scale: Output;
    readonly mean: Output;
    readonly variance: Output;
  };
  /** After the activation. */
  readonly bent: Output;
  /** What dropout multiplies by. */
  readonly mask?: Output;
  /** What the next layer sees. */
  readonly out: Output;
}

/** Everything of a pass that the way back reads. */
export interface Pass {
  readonly dense: Output | undefined;
  readonly codes: Output | undefined;
  /** Rows of each category's table, and all of a row's vectors side by side. */
  readonly picked: readonly Output[];
  readonly vectors: Output | undefined;
  /** Rows of the categories' tables as if they stood one below the other. */
  readonly wideCodes: Output | undefined;
  readonly target: Output;
  readonly weights: Output | undefined;
  readonly hidden: readonly HiddenPass[];
  /** Values of the parameters that were read. */
  readonly values: Handles;
  /** The value of a parameter, read once. */
  value(name: string): Output;
  readonly output: Output;
}

export function forward(
  g: GraphBuilder,
  shape: NetworkShape,
  handles: Handles,
  source: Handles,
  batch: Batch,
): Pass {
  const values: Record<string, Output> = {};
  const handle = (name: string): Output => {
    const found = handles[name];
    if (found === undefined) throw new Error(`a network graph has no "${name}"`);
    return found;
  };
  const value = (name: string): Output => (values[name] ??= read(g, handle(name), batch.after));
  const gather = (from: Output, indices: Output, dtype: Attribute): Output =>
    g.node('ResourceGather', [from, indices], { dtype, Tindices: int }, batch.after);
  const rowsOf = (name: string, dtype: Attribute): Output | undefined =>
    source[name] === undefined ? undefined : gather(source[name], batch.rows, dtype);

  const dense = rowsOf('dense', float);
  const codes = rowsOf('codes', int);
  const embedded = rowsOf('embedded', int);
  const target = rowsOf('target', shape.loss === 'softmax' ? int : float);
  if (target === undefined) throw new Error('a network graph has no target');
  const picked = embedded === undefined ? [] : unpackColumns(g, embedded, shape.embedded.length);
  // -1 is "none of the levels": the last row of the table, which no gradient reaches and so stays zero.
  const places = codes && g.node('FloorMod', [codes, g.int(shape.levels + 1)], { T: int });
  const vectors =
    embedded &&
    concatColumns(
      g,
      picked.map((rows, k) => gather(handle(`embedding${k + 1}`), rows, float)),
    );
  const wideCodes =
    shape.wide && embedded
      ? g.node('AddV2', [embedded, g.int([...tableStarts(shape)])], { T: int })
      : undefined;
  const levelSums = (table: string, at: Output): Output => sumOver(g, gather(handle(table), at, float), [1]);

  const inputs = (prefix: '' | 'wide.'): Output[] => [
    ...(dense ? [matMul(g, dense, value(`${prefix}dense`))] : []),
    ...(places ? [levelSums(`${prefix}levels`, places)] : []),
    ...(prefix === '' && vectors ? [matMul(g, vectors, value('embedded'))] : []),
    ...(prefix !== '' && wideCodes ? [levelSums('wide.embedded', wideCodes)] : []),
  ];
  const hidden: HiddenPass[] = [];
  let sums = addAll(g, inputs(''));
  for (let layer = 0; layer < shape.hidden.length; layer++) {
    const pass = hiddenLayer(g, shape, layer, sums, value, batch);
    hidden.push(pass);
    sums = matMul(g, pass.out, value(`weights${layer + 2}`));
  }
  if (shape.wide) sums = addAll(g, [sums, ...inputs('wide.')]);
  const output = addBias(g, sums, value(`bias${shape.hidden.length + 1}`));
  const weights = rowsOf('weights', float);
  return {
    dense,
    codes,
    picked,
    vectors,
    wideCodes,
    target,
    weights,
    hidden,
    values,
    value,
    output,
  };
}

function hiddenLayer(
  g: GraphBuilder,
  shape: NetworkShape,
  layer: number,
  sums: Output,
  value: (name: string) => Output,
  { training }: Batch,
): HiddenPass {
  const n = layer + 1;
  let z = sums;
  let norm: HiddenPass['norm'];
  if (shape.batchNorm && training) {
    const mean = binary(g, 'Mul', columnSums(g, z), training.share);
    const centred = binary(g, 'Sub', z, mean);
    const variance = binary(g, 'Mul', columnSums(g, unary(g, 'Square', centred)), training.share);
    const inverse = unary(g, 'Rsqrt', binary(g, 'AddV2', variance, g.float(normEpsilon)));
    const standard = binary(g, 'Mul', centred, inverse);
    const scale = value(`scale${n}`);
    norm = { standard, inverse, scale, mean, variance };
    z = binary(g, 'Mul', standard, scale);
  } else if (shape.batchNorm) {
    const inverse = unary(g, 'Rsqrt', binary(g, 'AddV2', value(`variance${n}`), g.float(normEpsilon)));
    z = binary(
      g,
      'Mul',
      binary(g, 'Sub', z, value(`mean${n}`)),
      binary(g, 'Mul', inverse, value(`scale${n}`)),
    );
  }
  const bent = unary(g, shape.activation === 'relu' ? 'Relu' : 'Tanh', addBias(g, z, value(`bias${n}`)));
  const common = { bent, ...(norm ? { norm } : {}) };
  if (!shape.dropout || !training) return { ...common, out: bent };
  const mask = dropMask(g, shape, shape.dropout, layer, bent, training.step);
  return { ...common, mask, out: binary(g, 'Mul', bent, mask) };
}

/** 0 for what is dropped, 1 / (1 - rate) for what stays; drawn from the seed, the update's number and the layer alone. */
function dropMask(
  g: GraphBuilder,
  shape: NetworkShape,
  { rate, seed }: { readonly rate: number; readonly seed: number },
  layer: number,
  like: Output,
  step: Output,
): Output {
  const place = g.node(
    'AddV2',
    [g.node('Mul', [step, g.int(shape.hidden.length)], { T: int }), g.int(layer)],
    { T: int },
  );
  const pair = g.node('Pack', [g.int(seed), place], { N: { int: 2 }, T: int, axis: { int: 0 } });
  const uniform = g.node('StatelessRandomUniform', [shapeOf(g, like, float), pair], {
    dtype: float,
    T: int,
    Tseed: int,
  });
  const kept = g.node('GreaterEqual', [uniform, g.float(rate)], { T: float });
  const ones = g.node('Cast', [kept], { SrcT: bool, DstT: float, Truncate: { bool: false } });
  return binary(g, 'Mul', ones, g.float(1 / (1 - rate)));
}

/** The sum of the batch's losses, and its gradient by the output of each row; rows' weights count. */
export function outputSlope(
  g: GraphBuilder,
  shape: NetworkShape,
  { output: z, target: y, weights }: Pick<Pass, 'output' | 'target' | 'weights'>,
): { readonly loss: Output; readonly slope: Output } {
  const each = rowLosses(g, shape, z, y);
  if (!weights) return { loss: sumOver(g, each.losses, [0, 1]), slope: each.slope };
  return {
    loss: sumOver(g, binary(g, 'Mul', each.losses, weights), [0, 1]),
    slope: binary(g, 'Mul', each.slope, weights),
  };
}

/** Losses [rows, 1] and their gradients [rows, outputs]. */
function rowLosses(
  g: GraphBuilder,
  { loss }: NetworkShape,
  z: Output,
  y: Output,
): { readonly losses: Output; readonly slope: Output } {
  if (loss === 'squared') {
    const difference = binary(g, 'Sub', z, y);
    return { losses: unary(g, 'Square', difference), slope: binary(g, 'Mul', difference, g.float(2)) };
  }
  if (loss === 'sigmoid') {
    // log(1 + exp(z)) - y z, which does not overflow as softplus.
    const losses = binary(g, 'Sub', unary(g, 'Softplus', z), binary(g, 'Mul', z, y));
    return { losses, slope: binary(g, 'Sub', unary(g, 'Sigmoid', z), y) };
  }
  const both = g.node('SparseSoftmaxCrossEntropyWithLogits', [z, y], { T: float, Tlabels: int });
  return { losses: reshape(g, g.at(both, 0), [-1, 1]), slope: g.at(both, 1) };
}
