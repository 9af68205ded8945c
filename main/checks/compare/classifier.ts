import { choleskySteps, finish, solveCholesky } from '../../math/index.ts';
import { createRandom } from '../../platform/random.ts';
import type { BinnedColumn } from './bins.ts';

/** How well a model can tell which table a row comes from: 0.5 not at all, 1 always. */
export interface DomainClassifier {
  readonly auc: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Rows it was trained and judged on, by cross-validation. */
  readonly rows: number;
}

const folds = 5;
const mostRows = 20_000;
const ridge = 4;

/**
 * Logistic regression on the bins of all columns, by iteratively reweighted least squares with a ridge, judged on folds it was not
 * trained on. Each row has one bin a column, so a pass costs rows times columns squared. Interval of the area by Hanley and McNeil
 * (1982). Null with fewer than ten rows in either table.
 */
export function trainDomainClassifier(
  columns: readonly BinnedColumn[],
  { rows, otherRows, seed, signal }: { rows: number; otherRows: number; seed: number; signal: AbortSignal },
): DomainClassifier | null {
  if (rows < 10 || otherRows < 10 || columns.length === 0) return null;
  const random = createRandom(seed);
  const reference = sampleRows(rows, random);
  const other = sampleRows(otherRows, random);
  const n = reference.length + other.length;
  const offsets: number[] = [];
  let width = 1;
  for (const { labels } of columns) {
    offsets.push(width);
    width += labels.length;
  }
  // One row after the other: the places of its ones.
  const places = new Int32Array(n * columns.length);
  const isOther = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const fromOther = i >= reference.length;
    const row = fromOther ? other[i - reference.length]! : reference[i]!;
    isOther[i] = fromOther ? 1 : 0;
    columns.forEach((column, c) => {
      places[i * columns.length + c] =
        offsets[c]! + (fromOther ? column.other[row]! : column.reference[row]!);
    });
  }
  const fold = Uint8Array.from(
    { length: n },
    (_, i) => (i < reference.length ? i : i - reference.length) % folds,
  );
  const scores = new Float64Array(n);
  for (let left = 0; left < folds; left++) {
    signal.throwIfAborted();
    const weights = fit({ places, isOther, fold, left, width, columns: columns.length, signal });
    for (let i = 0; i < n; i++) if (fold[i] === left) scores[i] = linear(weights, places, i, columns.length);
  }
  return { ...areaWithInterval(scores, isOther), rows: n };
}

function sampleRows(
  rows: number,
  random: { shuffle<T extends { length: number; [index: number]: number }>(values: T): T },
) {
  const all = random.shuffle(Uint32Array.from({ length: rows }, (_, i) => i));
  return all.subarray(0, Math.min(rows, mostRows));
}

function linear(weights: Float64Array, places: Int32Array, row: number, columns: number): number {
  let total = weights[0]!;
  for (let c = 0; c < columns; c++) total += weights[places[row * columns + c]!]!;
  return total;
}

interface FitInput {
  readonly places: Int32Array;
  readonly isOther: Uint8Array;
  readonly fold: Uint8Array;
  readonly left: number;
  readonly width: number;
  readonly columns: number;
  readonly signal: AbortSignal;
}

function fit({ places, isOther, fold, left, width, columns, signal }: FitInput): Float64Array {
  const weights = new Float64Array(width);
  for (let pass = 0; pass < 8; pass++) {
    signal.throwIfAborted();
    const hessian = new Float64Array(width * width);
    const gradient = new Float64Array(width);
    for (let j = 1; j < width; j++) {
      hessian[j * width + j] = ridge;
      gradient[j] = -ridge * weights[j]!;
    }
    for (let i = 0; i < fold.length; i++) {
      if (fold[i] === left) continue;
      const p = 1 / (1 + Math.exp(-linear(weights, places, i, columns)));
      const w = Math.max(1e-6, p * (1 - p));
      const rest = isOther[i]! - p;
      gradient[0]! += rest;
      hessian[0]! += w;
      for (let a = 0; a < columns; a++) {
        const at = places[i * columns + a]!;
        gradient[at]! += rest;
        hessian[at * width]! += w;
        for (let b = 0; b <= a; b++) hessian[at * width + places[i * columns + b]!]! += w;
      }
    }
    if (finish(choleskySteps(hessian, width)) >= 0) break;
    solveCholesky(hessian, width, gradient);
    let largest = 0;
    for (let j = 0; j < width; j++) {
      weights[j]! += gradient[j]!;
      largest = Math.max(largest, Math.abs(gradient[j]!));
    }
    if (largest < 1e-6) break;
  }
  return weights;
}

/** The chance that a row of the other table scores higher than one of the reference, ties counting half. */
function areaWithInterval(
  scores: Float64Array,
  isOther: Uint8Array,
): { auc: number; low: number; high: number } {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let others = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) {
      if (isOther[order[i]!] === 1) {
        rankSum += rank;
        others++;
      }
    }
    from = to;
  }
  const references = order.length - others;
  const auc = (rankSum - (others * (others + 1)) / 2) / (others * references);
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance =
    (auc * (1 - auc) + (others - 1) * (q1 - auc * auc) + (references - 1) * (q2 - auc * auc)) /
    (others * references);
  const spread = 1.959963984540054 * Math.sqrt(Math.max(0, variance));
  return { auc, low: Math.max(0, auc - spread), high: Math.min(1, auc + spread) };
}
