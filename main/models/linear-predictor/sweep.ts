import { addProducts, createArrow, type ArrowMatrix } from '../../math/index.ts';
import type { Pace } from '../pace.ts';
import { codedOf, type CodedUnknowns, type Layout } from './layout.ts';

/**
 * Goes over the rows of a layout chunk by chunk, in order. Nothing is widened: a one-hot block costs one look-up per
 * row for a prediction or a gradient, and one addition per row and dense column (or other block) for the Gram matrix.
 */
export interface Sweep {
  /** Rows per chunk. */
  readonly chunk: number;
  /** Takes the rows from `start`; returns how many (0 at the end). */
  load(start: number): number;
  /** out[i] = linear predictor of the loaded row i. */
  predict(theta: Float64Array, out: Float64Array): void;
  /** into += X' r over the loaded rows. */
  addGradient(r: Float64Array, into: Float64Array): void;
  /** Adds X' diag(w) X over the loaded rows; without weights X' X. */
  addGram(w?: Float64Array): void;
  /** The Gram matrix added up since the last call. */
  takeGram(): ArrowMatrix;
}

export function createSweep(layout: Layout): Sweep {
  const { dense, core, arrow } = layout;
  const coded = codedOf(layout);
  const width = dense.length;
  const chunk = Math.max(256, Math.min(4096, Math.floor(65_536 / (width + 1))));
  const z = new Float64Array(width * chunk);
  const wz = new Float64Array(width * chunk);
  const ones = new Float64Array(chunk).fill(1);
  const squares = new Float64Array(width * width);
  const sums = new Float64Array(width + 1);
  // Per block: (levels + 1) slots for the weights, then for each dense column; slot 0 collects rows without a level.
  const tables = coded.map((block) => new Float64Array((width + 1) * (block.levels + 1)));
  const lookUp = coded.map((block) => new Float64Array(block.levels + 1));
  let gram = createArrow(core, layout.unknowns - core);
  let start = 0;
  let length = 0;

  return {
    chunk,
    load(from) {
      start = from;
      length = Math.max(0, Math.min(chunk, layout.rows - from));
      dense.forEach(({ values, shift, inverse }, d) => {
        const at = d * chunk;
        const centre = shift * inverse;
        for (let i = 0; i < length; i++) z[at + i] = values[start + i]! * inverse - centre;
      });
      return length;
    },
    predict(theta, out) {
      out.fill(theta[0]!, 0, length);
      for (let d = 0; d < width; d++) {
        const slope = theta[1 + d]!;
        const at = d * chunk;
        for (let i = 0; i < length; i++) out[i] = out[i]! + slope * z[at + i]!;
      }
      coded.forEach(({ codes, at, levels }, b) => {
        const values = lookUp[b]!;
        values.set(theta.subarray(at, at + levels), 1);
        for (let i = 0; i < length; i++) out[i] = out[i]! + values[codes[start + i]! + 1]!;
      });
    },
    addGradient(r, into) {
      let total = 0;
      for (let i = 0; i < length; i++) total += r[i]!;
      into[0] = into[0]! + total;
      for (let d = 0; d < width; d++) {
        const at = d * chunk;
        let sum = 0;
        for (let i = 0; i < length; i++) sum += r[i]! * z[at + i]!;
        into[1 + d] = into[1 + d]! + sum;
      }
      coded.forEach(({ codes, at }) => {
        for (let i = 0; i < length; i++) {
          const code = codes[start + i]!;
          if (code >= 0) into[at + code] = into[at + code]! + r[i]!;
        }
      });
    },
    addGram(w) {
      const weights = w ?? ones;
      let weighted = z;
      if (w !== undefined) {
        weighted = wz;
        for (let d = 0; d < width; d++) {
          const at = d * chunk;
          for (let i = 0; i < length; i++) wz[at + i] = z[at + i]! * w[i]!;
        }
      }
      addProducts(
        { data: squares, offset: 0, stride: width },
        { data: weighted, offset: 0, stride: chunk },
        { data: z, offset: 0, stride: chunk },
        { rowFrom: 0, rowTo: width, colFrom: 0, colTo: width, depth: length, lower: true },
        1,
      );
      addSums(sums, weights, weighted, width, chunk, length);
      coded.forEach(({ codes, levels }, b) => {
        const table = tables[b]!;
        addByCode(table, 0, codes, start, weights, 0, length);
        for (let d = 0; d < width; d++) {
          addByCode(table, (d + 1) * (levels + 1), codes, start, weighted, d * chunk, length);
        }
        for (let other = 0; other < b; other++) {
          addPairs(gram, core, coded[b]!, coded[other]!, start, weights, length);
        }
      });
    },
    takeGram() {
      const done = gram;
      done.core[0] = sums[0]!;
      for (let d = 0; d < width; d++) {
        const row = (1 + d) * core;
        done.core[row] = sums[1 + d]!;
        for (let e = 0; e <= d; e++) done.core[row + 1 + e] = squares[d * width + e]!;
      }
      coded.forEach((block, b) => {
        placeTable(done, core, width, block, block === arrow, tables[b]!);
        tables[b]!.fill(0);
      });
      squares.fill(0);
      sums.fill(0);
      gram = createArrow(core, layout.unknowns - core);
      return done;
    },
  };
}

/** Loads chunk after chunk, in order, giving way between them. */
export async function overRows(
  sweep: Sweep,
  pace: Pace,
  work: (start: number, length: number) => void,
): Promise<void> {
  for (let start = 0; ; start += sweep.chunk) {
    const length = sweep.load(start);
    if (length === 0) return;
    work(start, length);
    await pace.turn();
  }
}

function addSums(
  sums: Float64Array,
  weights: Float64Array,
  weighted: Float64Array,
  width: number,
  chunk: number,
  length: number,
): void {
  let total = 0;
  for (let i = 0; i < length; i++) total += weights[i]!;
  sums[0] = sums[0]! + total;
  for (let d = 0; d < width; d++) {
    let sum = 0;
    for (let i = d * chunk; i < d * chunk + length; i++) sum += weighted[i]!;
    sums[1 + d] = sums[1 + d]! + sum;
  }
}

function addByCode(
  table: Float64Array,
  offset: number,
  codes: Int32Array,
  start: number,
  values: Float64Array,
  at: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) {
    const slot = offset + codes[start + i]! + 1;
    table[slot] = table[slot]! + values[at + i]!;
  }
}

/** Adds the weights of rows to the cell of their two levels; `low` comes before `high` in the order of unknowns. */
function addPairs(
  gram: ArrowMatrix,
  core: number,
  high: CodedUnknowns,
  low: CodedUnknowns,
  start: number,
  weights: Float64Array,
  length: number,
): void {
  const target = high.at >= core ? gram.cross : gram.core;
  const offset = (high.at >= core ? high.at - core : high.at) * core + low.at;
  for (let i = 0; i < length; i++) {
    const one = high.codes[start + i]!;
    const two = low.codes[start + i]!;
    if (one >= 0 && two >= 0) {
      const cell = offset + one * core + two;
      target[cell] = target[cell]! + weights[i]!;
    }
  }
}

function placeTable(
  gram: ArrowMatrix,
  core: number,
  width: number,
  block: CodedUnknowns,
  apart: boolean,
  table: Float64Array,
): void {
  const target = apart ? gram.cross : gram.core;
  const slots = block.levels + 1;
  for (let level = 0; level < block.levels; level++) {
    const row = (apart ? level : block.at + level) * core;
    for (let d = 0; d <= width; d++) target[row + d] = table[d * slots + level + 1]!;
    const own = table[level + 1]!;
    if (apart) gram.diagonal[level] = own;
    else target[row + block.at + level] = own;
  }
}
