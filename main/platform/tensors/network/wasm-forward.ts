import { normEpsilon, type NetworkRows, type NetworkShape } from './network.ts';
import { tableStarts, vectorLength } from './parameters.ts';
import { statelessUniform } from './philox.ts';

/** a [rows, inner] times b [inner, columns]; a factor named in `transposed` is given the other way round. */
export type Product = (
  a: Float32Array,
  size: readonly [rows: number, inner: number],
  b: Float32Array,
  columns: number,
  transposed?: 'a' | 'b',
) => Float32Array;

type Named = Readonly<Record<string, Float32Array>>;

export interface HiddenValues {
  readonly norm?: {
    readonly standard: Float32Array;
    readonly inverse: Float32Array;
    readonly mean: Float32Array;
    readonly variance: Float32Array;
  };
  /** After the activation, what dropout multiplied by, and what the next layer sees. */
  readonly bent: Float32Array;
  readonly mask?: Float32Array;
  readonly out: Float32Array;
}

export interface PassValues {
  readonly dense: Float32Array;
  readonly vectors: Float32Array;
  readonly hidden: readonly HiddenValues[];
  readonly output: Float32Array;
}

/** Some rows through the network. `step`, the number of the update, is given in training alone. */
export function passForward(
  shape: NetworkShape,
  values: Named,
  source: NetworkRows,
  rows: Int32Array,
  product: Product,
  step?: number,
): PassValues {
  const count = rows.length;
  const dense = pickRows(source.dense, shape.dense, rows);
  const vectors = pickVectors(shape, values, source, rows);
  const inputs = (width: number, prefix: '' | 'wide.'): Float32Array => {
    const columns =
      shape.dense > 0
        ? product(dense, [count, shape.dense], named(values, `${prefix}dense`), width)
        : undefined;
    const sums = columns ?? new Float32Array(count * width);
    addLevels(sums, width, named(values, `${prefix}levels`), source.codes, shape.coded, rows);
    if (shape.embedded.length === 0) return sums;
    if (prefix === '') {
      const more = product(vectors, [count, vectorLength(shape)], named(values, 'embedded'), width);
      addTo(sums, more);
    } else {
      const starts = tableStarts(shape);
      addLevels(sums, width, named(values, 'wide.embedded'), source.embedded, starts.length, rows, starts);
    }
    return sums;
  };
  const hidden: HiddenValues[] = [];
  let sums = inputs(shape.hidden[0] ?? 0, '');
  shape.hidden.forEach((size, layer) => {
    const one = hiddenValues(shape, layer, values, sums, count, step);
    hidden.push(one);
    const next = shape.hidden[layer + 1] ?? shape.outputs;
    sums = product(one.out, [count, size], named(values, `weights${layer + 2}`), next);
  });
  if (shape.wide) addTo(sums, inputs(shape.outputs, 'wide.'));
  addRow(sums, named(values, `bias${shape.hidden.length + 1}`));
  return { dense, vectors, hidden, output: sums };
}

function hiddenValues(
  shape: NetworkShape,
  layer: number,
  values: Named,
  z: Float32Array,
  count: number,
  step: number | undefined,
): HiddenValues {
  const n = layer + 1;
  const norm = shape.batchNorm ? normalise(values, n, z, count, step !== undefined) : undefined;
  bend(z, named(values, `bias${n}`), shape.activation);
  const common = { bent: z, ...(norm ? { norm } : {}) };
  if (!shape.dropout || step === undefined) return { ...common, out: z };
  const { rate, seed } = shape.dropout;
  const [least, larger] = [Math.fround(rate), Math.fround(1 / (1 - rate))];
  const mask = statelessUniform(z.length, seed, step * shape.hidden.length + layer);
  const out = new Float32Array(z.length);
  for (let i = 0; i < z.length; i++) {
    mask[i] = mask[i]! >= least ? larger : 0;
    out[i] = z[i]! * mask[i]!;
  }
  return { ...common, mask, out };
}

/** Adds the bias and applies the activation, in place. */
function bend(z: Float32Array, bias: Float32Array, activation: NetworkShape['activation']): void {
  const width = bias.length;
  for (let at = 0; at < z.length; at += width) {
    if (activation === 'relu')
      for (let j = 0; j < width; j++) z[at + j] = Math.max(0, Math.fround(z[at + j]! + bias[j]!));
    else for (let j = 0; j < width; j++) z[at + j] = Math.tanh(Math.fround(z[at + j]! + bias[j]!));
  }
}

/** Changes the layer's sums; returns what the way back needs, in training. */
function normalise(
  values: Named,
  n: number,
  z: Float32Array,
  count: number,
  training: boolean,
): HiddenValues['norm'] {
  const scale = named(values, `scale${n}`);
  const width = scale.length;
  const mean = training ? means(z, width, count) : named(values, `mean${n}`);
  const standard = new Float32Array(z.length);
  for (let at = 0; at < z.length; at += width) {
    for (let j = 0; j < width; j++) standard[at + j] = z[at + j]! - mean[j]!;
  }
  const variance = training ? meanSquares(standard, width, count) : named(values, `variance${n}`);
  const inverse = variance.map((value) => 1 / Math.sqrt(value + normEpsilon));
  for (let at = 0; at < z.length; at += width) {
    for (let j = 0; j < width; j++) {
      standard[at + j] = standard[at + j]! * inverse[j]!;
      z[at + j] = standard[at + j]! * scale[j]!;
    }
  }
  return training ? { standard, inverse, mean, variance } : undefined;
}

function means(values: Float32Array, width: number, count: number): Float32Array {
  return columnSums(values, width).map((sum) => sum / count);
}

function meanSquares(values: Float32Array, width: number, count: number): Float32Array {
  const out = new Float32Array(width);
  for (let at = 0; at < values.length; at += width) {
    for (let j = 0; j < width; j++) out[j] = out[j]! + values[at + j]! * values[at + j]!;
  }
  return out.map((sum) => sum / count);
}

export function columnSums(values: Float32Array, width: number): Float32Array {
  const out = new Float32Array(width);
  for (let at = 0; at < values.length; at += width) {
    for (let j = 0; j < width; j++) out[j] = out[j]! + values[at + j]!;
  }
  return out;
}

function pickRows(values: Float32Array, width: number, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0, from = rows[i]! * width, to = i * width; j < width; j++) out[to + j] = values[from + j]!;
  }
  return out;
}

/** The vectors of each row's categories, side by side. */
function pickVectors(
  shape: NetworkShape,
  values: Named,
  { embedded }: NetworkRows,
  rows: Int32Array,
): Float32Array {
  const width = vectorLength(shape);
  const out = new Float32Array(rows.length * width);
  let column = 0;
  shape.embedded.forEach(({ size }, k) => {
    const table = named(values, `embedding${k + 1}`);
    rows.forEach((row, i) => {
      const from = embedded[row * shape.embedded.length + k]! * size;
      out.set(table.subarray(from, from + size), i * width + column);
    });
    column += size;
  });
  return out;
}

/** Adds to each row the rows of a table that its codes name; `starts` is where each column's part of it begins. */
function addLevels(
  sums: Float32Array,
  width: number,
  table: Float32Array,
  codes: Int32Array,
  columns: number,
  rows: Int32Array,
  starts?: readonly number[],
): void {
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < columns; k++) {
      const from = (codes[rows[i]! * columns + k]! + (starts?.[k] ?? 0)) * width;
      if (from < 0) continue;
      for (let j = 0, to = i * width; j < width; j++, to++) sums[to] = sums[to]! + table[from + j]!;
    }
  }
}

function addTo(sums: Float32Array, more: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + more[i]!;
}

function addRow(sums: Float32Array, row: Float32Array): void {
  for (let at = 0; at < sums.length; at += row.length) {
    for (let j = 0; j < row.length; j++) sums[at + j] = sums[at + j]! + row[j]!;
  }
}

const none = new Float32Array();

/** Empty where the network has none of that name. */
export function named(values: Named, name: string): Float32Array {
  return values[name] ?? none;
}
