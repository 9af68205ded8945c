import { fail } from '../../preload/contract/errors.ts';
import { availableMemory } from '../platform/machine.ts';
import { columnLength, type CategoryColumn, type NumberColumn, type WorkColumn } from './columns.ts';
import type { StepPlace } from './step.ts';

/**
 * Refuses what the columns that a step makes of texts would take, before any of them is there: 8 bytes for each row and feature, as zeros
 * are held too. `features` is over all columns. Throws `step-memory`.
 */
export function refuseTextMemory(
  step: string,
  { position }: Pick<StepPlace, 'position'>,
  columns: readonly WorkColumn[],
  features: number,
  /** Bytes that may be taken. */
  available = availableMemory(),
): void {
  const rows = columns[0] ? columnLength(columns[0]) : 0;
  const needed = 8 * rows * features;
  if (needed <= available) return;
  throw fail('step-memory', {
    step,
    position,
    rows,
    features,
    needed: Math.ceil(needed / 1e6),
    available: Math.floor(available / 1e6),
  });
}

/** One number column per name, each row filled by what `describe` says of its text; a missing text is all zeros. */
export function textFeatures(
  { levels, codes }: CategoryColumn,
  names: readonly string[],
  describe: (text: string) => Float64Array,
): NumberColumn[] {
  const columns = names.map((): Float64Array => new Float64Array(codes.length));
  const rowsOf = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const rows = rowsOf.get(code);
    if (rows) rows.push(row);
    else rowsOf.set(code, [row]);
  });
  for (const [code, rows] of rowsOf) {
    const values = describe(levels[code] ?? '');
    for (let feature = 0; feature < names.length; feature++) {
      const value = values[feature] ?? 0;
      if (value === 0) continue;
      const column = columns[feature];
      if (column) for (const row of rows) column[row] = value;
    }
  }
  return names.map((name, i) => ({ kind: 'number', name, values: columns[i] ?? new Float64Array() }));
}
