import type { Design } from '../../../recipes/index.ts';
import type { ModelArtifact } from '../../family.ts';
import { checkDesign, readNetwork, type NetworkModel } from './model.ts';
import { tablesOf } from './tables.ts';

/**
 * Regression: `rows` values. Classification: rows x classes probabilities, row-major. Float32 weights, sums in double precision, each
 * row on its own and in the order of the features; no native engine is needed.
 */
export function predictNetwork(artifact: ModelArtifact, design: Design): Float64Array {
  const model = readNetwork(artifact);
  checkDesign(model, design);
  const outputs = forward(model, design);
  const { link, modelled, target } = model.spec;
  if (link === 'identity') return outputs.map((value) => target.mean + target.scale * value);
  const classes = artifact.classes.length;
  const out = new Float64Array(design.rows * classes);
  for (let row = 0; row < design.rows; row++) {
    if (link === 'logit') fillLogit(out, row * classes, outputs[row]!, modelled);
    else fillSoftmax(out, row * classes, outputs, row * modelled.length, modelled);
  }
  return out;
}

/** rows x outputs of the last layer. */
function forward(model: NetworkModel, design: Design): Float64Array {
  const bend = model.spec.activation === 'relu' ? relu : Math.tanh;
  const { columns, weights, levels, wide } = tablesOf(model);
  const values = model.layers.map((layer) => new Float64Array(layer.outputs));
  const last = values.at(-1) ?? new Float64Array();
  const numbers = new Float64Array(columns);
  const straight = new Float64Array(last.length);
  const out = new Float64Array(design.rows * last.length);
  for (let row = 0; row < design.rows; row++) {
    const first = values[0]!;
    first.set(model.layers[0]!.bias);
    readNumbers(numbers, design, row);
    addLevels(first, levels, design, row);
    addProducts(first, numbers, weights[0]!);
    for (let i = 1; i < values.length; i++) {
      const from = values[i - 1]!;
      for (let j = 0; j < from.length; j++) from[j] = bend(from[j]!);
      values[i]!.set(model.layers[i]!.bias);
      addProducts(values[i]!, from, weights[i]!);
    }
    if (wide) {
      straight.fill(0);
      addLevels(straight, wide.levels, design, row);
      addProducts(straight, numbers, wide.columns);
      for (let k = 0; k < last.length; k++) last[k] = last[k]! + straight[k]!;
    }
    out.set(last, row * last.length);
  }
  return out;
}

function readNumbers(numbers: Float64Array, { blocks }: Design, row: number): void {
  let column = 0;
  for (const block of blocks) {
    if (block.kind !== 'dense') continue;
    for (const values of block.columns) numbers[column++] = values[row]!;
  }
}

/** Adds to `sums` what one row's levels have in a table; -1 has nothing in a one-hot block, and a row of its own in a block of codes. */
function addLevels(sums: Float64Array, table: Float64Array, { blocks }: Design, row: number): void {
  let first = 0;
  for (const block of blocks) {
    if (block.kind === 'dense') continue;
    const { length } = block.levels;
    const found = block.codes[row]!;
    const code = found < 0 && block.kind === 'codes' ? length : found;
    if (code >= 0) {
      for (let k = 0, from = (first + code) * sums.length; k < sums.length; k++, from++)
        sums[k] = sums[k]! + table[from]!;
    }
    first += block.kind === 'codes' ? length + 1 : length;
  }
}

/** sums[k] += sum over j of inputs[j] * weights[k, j], four outputs at a time to keep their sums in registers. */
function addProducts(sums: Float64Array, inputs: Float64Array, weights: Float64Array): void {
  const n = inputs.length;
  let k = 0;
  for (; k + 3 < sums.length; k += 4) {
    let [s0, s1, s2, s3] = [sums[k]!, sums[k + 1]!, sums[k + 2]!, sums[k + 3]!];
    const at = k * n;
    for (let j = 0; j < n; j++) {
      const x = inputs[j]!;
      s0 += x * weights[at + j]!;
      s1 += x * weights[at + n + j]!;
      s2 += x * weights[at + 2 * n + j]!;
      s3 += x * weights[at + 3 * n + j]!;
    }
    sums[k] = s0;
    sums[k + 1] = s1;
    sums[k + 2] = s2;
    sums[k + 3] = s3;
  }
  for (; k < sums.length; k++) {
    let sum = sums[k]!;
    for (let j = 0; j < n; j++) sum += inputs[j]! * weights[k * n + j]!;
    sums[k] = sum;
  }
}

function relu(value: number): number {
  return value > 0 ? value : 0;
}

function fillLogit(out: Float64Array, at: number, score: number, modelled: readonly number[]): void {
  const e = Math.exp(-Math.abs(score));
  const near = 1 / (1 + e);
  const far = e * near;
  out[at + modelled[1]!] = score >= 0 ? near : far;
  out[at + modelled[0]!] = score >= 0 ? far : near;
}

function fillSoftmax(
  out: Float64Array,
  at: number,
  scores: Float64Array,
  from: number,
  modelled: readonly number[],
): void {
  let top = -Infinity;
  for (let k = 0; k < modelled.length; k++) top = Math.max(top, scores[from + k]!);
  let total = 0;
  for (let k = 0; k < modelled.length; k++) {
    const e = Math.exp(scores[from + k]! - top);
    out[at + modelled[k]!] = e;
    total += e;
  }
  for (const code of modelled) out[at + code] = out[at + code]! / total;
}
