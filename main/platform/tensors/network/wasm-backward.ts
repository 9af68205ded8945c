import { layerSizes, type NetworkRows, type NetworkShape } from './network.ts';
import { tableRows, tableStarts, vectorLength } from './parameters.ts';
import { columnSums, named, type HiddenValues, type PassValues, type Product } from './wasm-forward.ts';

/** Gradients by each parameter of what has the gradient `top` [rows, outputs] by the outputs. */
export function passBack(
  shape: NetworkShape,
  values: Readonly<Record<string, Float32Array>>,
  source: NetworkRows,
  rows: Int32Array,
  pass: PassValues,
  top: Float32Array,
  product: Product,
): Readonly<Record<string, Float32Array>> {
  const count = rows.length;
  const sizes = layerSizes(shape);
  const gradients: Record<string, Float32Array> = {};
  const last = shape.hidden.length + 1;
  gradients[`bias${last}`] = columnSums(top, shape.outputs);
  let slope = top;
  for (let layer = shape.hidden.length - 1; layer >= 0; layer--) {
    const [size, next] = [sizes[layer] ?? 0, sizes[layer + 1] ?? 0];
    const hidden = pass.hidden[layer];
    if (!hidden) throw new Error('a network lost a layer');
    const name = `weights${layer + 2}`;
    gradients[name] = product(hidden.out, [size, count], slope, next, 'a');
    const above = product(slope, [count, next], named(values, name), size, 'b');
    slope = hiddenSlope(shape, layer, hidden, above, values, gradients);
  }
  const width = sizes[0] ?? 0;
  const oneHot = { codes: source.codes, starts: Array.from({ length: shape.coded }, () => 0) };
  gradients['dense'] = product(pass.dense, [shape.dense, count], slope, width, 'a');
  gradients['levels'] = scatter(slope, oneHot, rows, shape.levels, width);
  if (shape.embedded.length > 0)
    embeddingGradients(shape, values, source, rows, pass, slope, product, gradients);
  if (!shape.wide) return gradients;
  const { outputs } = shape;
  gradients['wide.dense'] = product(pass.dense, [shape.dense, count], top, outputs, 'a');
  gradients['wide.levels'] = scatter(top, oneHot, rows, shape.levels, outputs);
  const embedded = { codes: source.embedded, starts: tableStarts(shape) };
  gradients['wide.embedded'] = scatter(top, embedded, rows, tableRows(shape), outputs);
  return gradients;
}

/** Through dropout, the activation and normalisation to the layer's sums; changes `above` to them. */
function hiddenSlope(
  shape: NetworkShape,
  layer: number,
  { bent, mask, norm }: HiddenValues,
  above: Float32Array,
  values: Readonly<Record<string, Float32Array>>,
  gradients: Record<string, Float32Array>,
): Float32Array {
  const width = shape.hidden[layer] ?? 0;
  if (mask) for (let i = 0; i < above.length; i++) above[i] = above[i]! * mask[i]!;
  if (shape.activation === 'relu') {
    // Without a branch, which would be guessed wrong half of the time.
    for (let i = 0; i < above.length; i++) above[i] = above[i]! * Math.sign(bent[i]!);
  } else {
    for (let i = 0; i < above.length; i++) above[i] = above[i]! * (1 - bent[i]! * bent[i]!);
  }
  const shift = columnSums(above, width);
  gradients[`bias${layer + 1}`] = shift;
  if (!norm) return above;
  const stretch = new Float32Array(width);
  for (let at = 0; at < above.length; at += width) {
    for (let j = 0; j < width; j++) stretch[j] = stretch[j]! + above[at + j]! * norm.standard[at + j]!;
  }
  gradients[`scale${layer + 1}`] = stretch;
  const scale = named(values, `scale${layer + 1}`);
  const share = width / above.length;
  for (let at = 0; at < above.length; at += width) {
    for (let j = 0; j < width; j++) {
      const own = above[at + j]! - (shift[j]! + norm.standard[at + j]! * stretch[j]!) * share;
      above[at + j] = own * scale[j]! * norm.inverse[j]!;
    }
  }
  return above;
}

function embeddingGradients(
  shape: NetworkShape,
  values: Readonly<Record<string, Float32Array>>,
  { embedded }: NetworkRows,
  rows: Int32Array,
  pass: PassValues,
  slope: Float32Array,
  product: Product,
  gradients: Record<string, Float32Array>,
): void {
  const count = rows.length;
  const length = vectorLength(shape);
  const width = shape.hidden[0] ?? 0;
  gradients['embedded'] = product(pass.vectors, [length, count], slope, width, 'a');
  const back = product(slope, [count, width], named(values, 'embedded'), length, 'b');
  const columns = shape.embedded.length;
  let at = 0;
  shape.embedded.forEach((table, k) => {
    const sums = new Float32Array(table.rows * table.size);
    rows.forEach((row, i) => {
      const to = embedded[row * columns + k]! * table.size;
      for (let j = 0; j < table.size; j++) sums[to + j] = sums[to + j]! + back[i * length + at + j]!;
    });
    gradients[`embedding${k + 1}`] = sums;
    at += table.size;
  });
}

/** Each row's slope added to the rows of its codes; negative ones have none. `starts` is where each column's part of the table begins. */
function scatter(
  slope: Float32Array,
  { codes, starts }: { readonly codes: Int32Array; readonly starts: readonly number[] },
  rows: Int32Array,
  tall: number,
  width: number,
): Float32Array {
  const out = new Float32Array(tall * width);
  const columns = starts.length;
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < columns; k++) {
      const to = (codes[rows[i]! * columns + k]! + starts[k]!) * width;
      if (to < 0) continue;
      for (let j = 0, from = i * width; j < width; j++, from++) out[to + j] = out[to + j]! + slope[from]!;
    }
  }
  return out;
}
