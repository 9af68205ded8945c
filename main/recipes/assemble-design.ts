import { fail } from '../../preload/contract/errors.ts';
import type { NumberColumn, WorkColumn } from './columns.ts';
import { featureNames, type Design, type DesignBlock } from './design.ts';

/**
 * The numbers a family learns from. Columns stay in their order; neighbours that are numbers share a dense block. Refuses
 * text, infinite values and, unless the family takes them, gaps, naming the column and the row.
 */
export function assembleDesign(
  columns: readonly WorkColumn[],
  rows: number,
  row: (index: number) => number,
  gaps: boolean,
): Design {
  const blocks: DesignBlock[] = [];
  let run: NumberColumn[] = [];
  const endRun = () => {
    if (run.length > 0) {
      blocks.push({ kind: 'dense', names: run.map((c) => c.name), columns: run.map((c) => c.values) });
    }
    run = [];
  };
  for (const column of columns) {
    if (column.kind === 'number') {
      if (!gaps) refuseGaps(column, row);
      run.push(column);
    } else if (column.kind === 'one-hot' || column.kind === 'codes') {
      endRun();
      blocks.push(column);
    } else {
      throw fail('column-not-encoded', { column: column.name, example: column.levels[0] ?? '' });
    }
  }
  endRun();
  return { rows, width: featureNames({ blocks }).length, blocks };
}

function refuseGaps({ name, values }: NumberColumn, row: (index: number) => number): void {
  let sum = 0;
  for (const value of values) sum += value - value;
  if (sum === 0) return;
  const index = values.findIndex((value) => !Number.isFinite(value));
  throw fail(Number.isNaN(values[index]) ? 'value-missing' : 'value-infinite', {
    column: name,
    row: row(index),
  });
}
