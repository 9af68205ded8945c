import { fail } from '../../../../preload/contract/errors.ts';
import type { NetworkRows } from '../../../platform/tensors/index.ts';
import type { Labelled } from '../../family.ts';
import type { Pace } from '../../pace.ts';
import type { Outcome } from './outcome.ts';

/** Dense values of one set of rows that are held in memory (2 GB). */
const mostValues = 500_000_000;

/**
 * A design as the engines take it: dense columns as one float32 matrix, one-hot blocks as positions in the table of all their levels.
 * Rows whose class has no training row are left out. A design without features gets one column of zeros.
 */
export async function toRows(
  { design, target }: Labelled,
  outcome: Outcome,
  pace: Pace,
): Promise<NetworkRows> {
  const { values, usable } = outcome.encode(target);
  const columns = design.blocks.flatMap((block) => (block.kind === 'dense' ? block.columns : []));
  const coded = design.blocks.filter((block) => block.kind === 'one-hot');
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
  const codes = new Int32Array(rows * coded.length);
  let first = 0;
  for (const [at, block] of coded.entries()) {
    for (let i = 0, to = at; i < rows; i++, to += coded.length) {
      const code = block.codes[usable[i]!]!;
      codes[to] = code < 0 ? -1 : first + code;
    }
    first += block.levels.length;
    await pace.turn();
  }
  const kept = rows === values.length ? values : pick(values, usable);
  return { rows, dense, codes, target: kept };
}

function pick(values: Float32Array | Int32Array, rows: Int32Array): Float32Array | Int32Array {
  const out = values instanceof Float32Array ? new Float32Array(rows.length) : new Int32Array(rows.length);
  rows.forEach((row, i) => (out[i] = values[row]!));
  return out;
}
