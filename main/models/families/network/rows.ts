import { fail } from '../../../../preload/contract/errors.ts';
import { availableMemory } from '../../../platform/machine.ts';
import type { NetworkRows } from '../../../platform/tensors/index.ts';
import type { Design } from '../../../recipes/index.ts';
import type { Labelled } from '../../family.ts';
import type { Pace } from '../../pace.ts';
import { labelWeights } from '../../trees/learn.ts';
import type { Outcome } from './outcome.ts';

/** Dense values of one set of rows that are held in memory (2 GB). */
const mostValues = 500_000_000;

/** Refuses tables that would not fit the memory (`family-memory`), before anything is allocated for them: 4 bytes a value, held once. */
export function refuseTooLarge(designs: readonly Design[]): void {
  const [first] = designs;
  const columns = (first?.blocks ?? []).reduce(
    (total, block) => total + (block.kind === 'dense' ? block.names.length : 1),
    0,
  );
  const rows = designs.reduce((total, design) => total + design.rows, 0);
  // Values, target and weight; the order of the rows; what is picked of the target before it is copied.
  const needed = rows * (4 * (columns + 2) + 12);
  const available = availableMemory();
  if (needed <= available) return;
  throw fail('family-memory', {
    family: 'network',
    rows,
    features: first?.width ?? 0,
    needed: Math.ceil(needed / 1e6),
    available: Math.floor(available / 1e6),
  });
}

/**
 * A design as the engines take it: dense columns as one float32 matrix, one-hot blocks as positions in the table of all their levels,
 * categories of codes as rows of their own tables, whose last is for -1. Rows that can't count are left out: those of weight 0, and those
 * whose class has no training row. A design without features gets one column of zeros. Weights are divided by `unit`.
 */
export async function toRows(
  labelled: Labelled,
  outcome: Outcome,
  pace: Pace,
  unit: number,
): Promise<NetworkRows> {
  const { design, target, weights: own } = labelled;
  const { values, usable: known } = outcome.encode(target);
  const usable = own?.some((weight) => weight === 0) ? known.filter((row) => own[row]! > 0) : known;
  const columns = design.blocks.flatMap((block) => (block.kind === 'dense' ? block.columns : []));
  const rows = usable.length;
  const width = design.width === 0 ? 1 : columns.length;
  if (rows * width > mostValues) {
    const limit = Math.floor(mostValues / rows);
    throw fail('family-too-wide', { family: 'network', features: width, limit });
  }
  const dense = new Float32Array(rows * width);
  for (const [at, column] of columns.entries()) {
    for (let i = 0, to = at; i < rows; i++, to += width) dense[to] = column[usable[i]!]!;
    await pace.turn();
  }
  const weights = labelWeights(labelled, usable, outcome.classWeights);
  return {
    rows,
    dense,
    codes: await positions(design, usable, pace),
    embedded: await tableCodes(design, usable, pace),
    target: rows === values.length ? values : pick(values, usable),
    weights: weights ? Float32Array.from(weights, (weight) => weight / unit) : new Float32Array(),
  };
}

async function positions(design: Design, usable: Int32Array, pace: Pace): Promise<Int32Array> {
  const coded = design.blocks.filter((block) => block.kind === 'one-hot');
  const out = new Int32Array(usable.length * coded.length);
  let first = 0;
  for (const [at, block] of coded.entries()) {
    for (let i = 0, to = at; i < usable.length; i++, to += coded.length) {
      const code = block.codes[usable[i]!]!;
      out[to] = code < 0 ? -1 : first + code;
    }
    first += block.levels.length;
    await pace.turn();
  }
  return out;
}

async function tableCodes(design: Design, usable: Int32Array, pace: Pace): Promise<Int32Array> {
  const categories = design.blocks.filter((block) => block.kind === 'codes');
  const out = new Int32Array(usable.length * categories.length);
  for (const [at, block] of categories.entries()) {
    for (let i = 0, to = at; i < usable.length; i++, to += categories.length) {
      const code = block.codes[usable[i]!]!;
      out[to] = code < 0 ? block.levels.length : code;
    }
    await pace.turn();
  }
  return out;
}

/** The mean weight of the training rows that count; 1 where all count the same. Weights divided by it leave the learning rate its meaning. */
export function weightUnit(labelled: Labelled, outcome: Outcome): number {
  const weights = labelWeights(labelled, undefined, outcome.classWeights);
  if (!weights) return 1;
  const counting = weights.filter((weight) => weight > 0);
  const largest = counting.reduce((most, weight) => Math.max(most, weight), 0);
  return counting.reduce((sum, weight) => sum + weight / largest, 0) * (largest / counting.length);
}

function pick(values: Float32Array | Int32Array, rows: Int32Array): Float32Array | Int32Array {
  const out = values instanceof Float32Array ? new Float32Array(rows.length) : new Int32Array(rows.length);
  rows.forEach((row, i) => (out[i] = values[row]!));
  return out;
}
