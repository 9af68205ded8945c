import { fail } from '../../preload/contract/errors.ts';
import type { RunCell, RunColumn } from '../../preload/contract/runs.ts';
import { metrics as knownMetrics } from '../evaluation/index.ts';
import { nearest } from '../recipes/index.ts';
import type { Entries, RunEntry } from './read-entries.ts';

export type ValueOf = (entry: RunEntry) => RunCell;

export interface FoundColumn {
  readonly id: string;
  readonly kind: RunColumn['kind'];
  readonly value: ValueOf;
}

/** Facts that every run may have, in the order they are offered. */
export const factColumns = [
  'run', 'status', 'family', 'target', 'task', 'data', 'seed', 'took', 'reproduced', 'models', 'tags', 'note', 'created', 'by',
  'origin', 'experiment', 'name', 'engine', 'code', 'dataset', 'snapshot', 'rows', 'looks', 'recipe',
] as const; // prettier-ignore

const facts: ReadonlySet<string> = new Set(factColumns);

/** Columns that a refusal names. */
const shownColumns = 24;

const directions = new Map(knownMetrics.map(({ id, direction }) => [id, direction]));

/** Which way is better, of a metric that Holdfast computes. */
export function directionOf(column: string): RunColumn['direction'] {
  const [split = '', name = ''] = cut(column);
  return ['train', 'validation', 'test'].includes(split) ? (directions.get(name) ?? null) : null;
}

/**
 * The column of a name: its whole id, or the last part of one (`r2` for `test.r2`, `alpha` for `params.alpha`).
 * Throws `runs-column-unknown` where no run has it.
 */
export function findColumn(entries: Entries, name: string): FoundColumn {
  if (facts.has(name)) return { id: name, kind: 'fact', value: (entry) => entry.facts[name] ?? null };
  const ways = [name, `test.${name}`, `metric.${name}`, `params.${name}`, `tag.${name}`];
  for (const id of ways) {
    const column = columnAt(id);
    if (entries.all.some((entry) => column.value(entry) !== null)) return column;
  }
  const all = allColumns(entries);
  const ends = all.find(({ id }) => id.endsWith(`.${name}`));
  if (ends) return ends;
  const sought = name.toLowerCase();
  const ids = all.map(({ id }) => id);
  const misspelt = nearest(sought, ids) ?? nearest(sought, [...facts.keys()]);
  const near = ids.filter((id) => {
    const last = cut(id)[1]?.toLowerCase() ?? '';
    // A column of one letter is near to everything.
    return id.toLowerCase().includes(sought) || (last.length > 2 && sought.includes(last));
  });
  throw fail('runs-column-unknown', {
    column: name,
    like: [...new Set([...(misspelt === undefined ? [] : [misspelt]), ...near])].slice(0, 5),
    known: ids.slice(0, shownColumns),
    more: Math.max(0, ids.length - shownColumns),
  });
}

/** A column by its whole id, whether any run has it or not. */
function columnAt(id: string): FoundColumn {
  const [head = '', rest = ''] = cut(id);
  if (['train', 'validation', 'deviation', 'test', 'metric'].includes(head))
    return {
      id,
      kind: 'metric',
      // `split.train` and the like begin otherwise; a recipe has nothing of its own under these names.
      value: (entry) => entry.metrics().get(id) ?? null,
    };
  if (head === 'tag') return { id, kind: 'tag', value: (entry) => tagValue(entry, rest) };
  return { id, kind: 'recipe', value: (entry) => entry.recipe().get(id) ?? null };
}

function tagValue({ tags }: RunEntry, key: string): RunCell {
  const found = tags.find((tag) => tag === key || tag.startsWith(`${key}=`));
  return found === undefined ? null : found === key ? 'yes' : found.slice(key.length + 1);
}

/** Every column that some run has: facts, then metrics with those on test rows in front, then recipes, then tags. */
export function allColumns({ all }: Entries): readonly FoundColumn[] {
  const metrics = new Set<string>();
  const recipe = new Set<string>();
  const tags = new Set<string>();
  for (const entry of all) {
    for (const id of entry.metrics().keys()) metrics.add(id);
    for (const id of entry.recipe().keys()) recipe.add(id);
    for (const tag of entry.tags) if (tag.includes('=')) tags.add(`tag.${tag.slice(0, tag.indexOf('='))}`);
  }
  const order = ['test', 'metric', 'validation', 'deviation', 'train'];
  const place = (id: string): number => order.indexOf(cut(id)[0] ?? '');
  return [
    ...factColumns.map((id): FoundColumn => ({
      id,
      kind: 'fact',
      value: (entry) => entry.facts[id] ?? null,
    })),
    ...[...metrics].toSorted((a, b) => place(a) - place(b)).map(columnAt),
    ...[...recipe].map(columnAt),
    ...[...tags].map(columnAt),
  ];
}

/** What is in a column, of the runs shown. */
export function describeColumn({ id, kind, value }: FoundColumn, shown: readonly RunEntry[]): RunColumn {
  const values = new Set<RunCell>();
  let filled = 0;
  let numeric = true;
  for (const entry of shown) {
    const cell = value(entry);
    values.add(cell);
    if (cell === null) continue;
    filled += 1;
    if (typeof cell !== 'number') numeric = false;
  }
  return {
    id,
    kind,
    numeric: numeric && filled > 0,
    filled,
    distinct: values.size,
    direction: directionOf(id),
  };
}

function cut(id: string): readonly [string, string] | readonly [string] {
  const at = id.indexOf('.');
  return at < 0 ? [id] : [id.slice(0, at), id.slice(at + 1)];
}
