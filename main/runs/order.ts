import type { RunCell } from '../../preload/contract/runs.ts';
import { directionOf, type FoundColumn, type ValueOf } from './columns.ts';
import { compareText, type RunEntry } from './read-entries.ts';

const collator = new Intl.Collator('en', { numeric: true });
/** Values that are sorted as they are written, of which there are as many as runs. */
const plain = new Set(['run', 'created', 'snapshot', 'recipe', 'rows']);

/** Sorted copy; equal ones keep their order, runs without a value come last either way. */
export function sortEntries(
  shown: readonly RunEntry[],
  { id, value }: FoundColumn,
  ascending: boolean,
): readonly RunEntry[] {
  if (id === 'created' && !ascending) return shown;
  const cells = shown.map((entry) => ({ entry, cell: value(entry) }));
  const rank = ranks(
    cells.map(({ cell }) => cell),
    plain.has(id) ? compareText : collator.compare,
  );
  const sign = ascending ? 1 : -1;
  const keyed = cells.map(({ entry, cell }) => ({ entry, key: cell === null ? null : rank(cell) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
    return sign * (a.key - b.key);
  });
  return keyed.map(({ entry }) => entry);
}

/** A number to sort by for every value: numbers before texts, each different text compared once only. */
function ranks(
  cells: readonly RunCell[],
  compare: (a: string, b: string) => number,
): (cell: string | number) => number {
  const texts = [...new Set(cells.filter((cell) => typeof cell === 'string'))].toSorted(compare);
  const highest = cells.reduce<number>(
    (most, cell) => (typeof cell === 'number' && cell > most ? cell : most),
    0,
  );
  const places = new Map(texts.map((text, i) => [text, highest + 1 + i]));
  return (cell) => (typeof cell === 'number' ? cell : (places.get(cell) ?? Number.POSITIVE_INFINITY));
}

export interface Group {
  readonly value: RunCell;
  readonly first: number;
  readonly count: number;
  readonly best: { readonly column: string; readonly value: number; readonly run: string } | null;
}

/** Runs with equal values side by side; groups stand in the order of their first run. */
export function groupEntries(
  sorted: readonly RunEntry[],
  value: ValueOf,
  metric: FoundColumn | undefined,
): { readonly rows: readonly RunEntry[]; readonly groups: readonly Group[] } {
  const groups = Map.groupBy(sorted, value);
  let first = 0;
  const described = [...groups].map(([cell, rows]): Group => {
    const group = { value: cell, first, count: rows.length, best: metric ? bestOf(rows, metric) : null };
    first += rows.length;
    return group;
  });
  return { rows: [...groups.values()].flat(), groups: described };
}

function bestOf(rows: readonly RunEntry[], { id, value }: FoundColumn): Group['best'] {
  const direction = directionOf(id);
  if (direction === null) return null;
  return rows.reduce<Group['best']>((best, entry) => {
    const cell = value(entry);
    if (typeof cell !== 'number') return best;
    const better = best === null || (direction === 'higher' ? cell > best.value : cell < best.value);
    return better ? { column: id, value: cell, run: entry.id } : best;
  }, null);
}
