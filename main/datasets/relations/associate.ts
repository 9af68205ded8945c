import { setImmediate } from 'node:timers/promises';
import { isTextType } from '../../../preload/contract/column-types.ts';
import type { Associations } from '../../../preload/contract/relations.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { codeCategories, codeNumbers, type CodedColumn } from './coded-column.ts';
import { correlate, correlationRatio, cramersV, prepareNumbers, type NumberColumn } from './measure-pair.ts';

/** Columns beyond so many are left out, and named. */
const columnLimit = 100;
/** A text with more different values is an id or free text, not a category. */
const levelLimit = 1000;
/** Values in memory at once, 4 to 28 bytes each: beyond, evenly spaced rows are looked at. */
const cellLimit = 20_000_000;

type Context = Pick<TaskContext, 'reader' | 'signal' | 'progress'>;

/** Every pair of columns by the measure for their kinds. */
export async function associate(
  { columns, rows }: SnapshotManifest,
  { reader, signal, progress }: Context,
  limits: { readonly cells: number } = { cells: cellLimit },
): Promise<Associations> {
  const looked = columns.slice(0, columnLimit);
  const used = Math.min(rows, Math.max(1000, Math.floor(limits.cells / looked.length)));
  const choice = { rows, used };
  const kept: (CodedColumn | NumberColumn)[] = [];
  const leftOut: Associations['leftOut'] = columns
    .slice(columnLimit)
    .map(({ name }) => ({ name, reason: 'beyond-limit' }));
  for (const [index, column] of looked.entries()) {
    progress((0.5 * index) / looked.length, `column "${column.name}"`);
    const { name, type } = column;
    const coded =
      isTextType(type) || type === 'bool'
        ? await codeCategories(reader, column, choice, levelLimit, signal)
        : prepareNumbers(await codeNumbers(reader, column, choice, signal));
    if (!coded) leftOut.push({ name, reason: 'many-values' });
    else if (coded.counts.filter((count) => count > 0).length < 2)
      leftOut.push({ name, reason: 'one-value' });
    else kept.push(coded);
  }
  const matrix = (): (number | null)[][] =>
    kept.map(() => Array.from({ length: kept.length }, (): number | null => null));
  const found = { pearson: matrix(), spearman: matrix(), cramersV: matrix(), correlationRatio: matrix() };
  const put = (measure: keyof typeof found, i: number, j: number, value: number | null): void => {
    found[measure][i]![j] = value;
    found[measure][j]![i] = value;
  };
  for (const [i, a] of kept.entries()) {
    progress(0.5 + (0.5 * i * i) / kept.length ** 2, `column "${a.name}" with the others`);
    for (const [j, b] of kept.slice(0, i + 1).entries()) {
      signal.throwIfAborted();
      if (isNumber(a) && isNumber(b)) {
        const { pearson, spearman } = i === j ? { pearson: 1, spearman: 1 } : correlate(a, b);
        put('pearson', i, j, pearson);
        put('spearman', i, j, spearman);
      } else if (isNumber(a)) put('correlationRatio', i, j, correlationRatio(a, b));
      else if (isNumber(b)) put('correlationRatio', i, j, correlationRatio(b, a));
      else put('cramersV', i, j, i === j ? 1 : cramersV(a, b));
    }
    // Whoever wants to stop this gets a turn.
    await setImmediate();
  }
  return {
    rows: used,
    columns: kept.map((column) => ({
      name: column.name,
      kind: isNumber(column) ? ('number' as const) : ('category' as const),
    })),
    leftOut,
    ...found,
  };
}

function isNumber(column: CodedColumn | NumberColumn): column is NumberColumn {
  return column.values !== undefined;
}
