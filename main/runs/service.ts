import type { RunLine } from '../../preload/contract/runs.ts';
import type { Service } from '../workspaces/index.ts';
import { allColumns, describeColumn, findColumn, type FoundColumn } from './columns.ts';
import { filterEntries } from './filter.ts';
import { importService } from './importing/import-history.ts';
import { marksOf } from './marks.ts';
import { groupEntries, sortEntries } from './order.ts';
import { explainDifference } from './why/explain-difference.ts';
import { readEntries, type RunEntry } from './read-entries.ts';

export const runsService: Service<'runs'> = {
  ...importService,
  list(
    { columns: wanted, filter, sort, ascending, group, differing, only, offset, limit },
    { workspace: { db } },
  ) {
    const entries = readEntries(db);
    const some = only && new Set(only);
    const found = filterEntries(entries, filter);
    const shown = some ? found.filter(({ id }) => some.has(id)) : found;
    const asked = wanted.map((name) => findColumn(entries, name));
    const columns = differing ? asked.filter(({ value }) => differs(shown, value)) : asked;
    const sorted = sortEntries(shown, findColumn(entries, sort), ascending);
    const { rows, groups } = group
      ? groupEntries(
          sorted,
          findColumn(entries, group).value,
          asked.find(({ kind }) => kind === 'metric'),
        )
      : { rows: sorted, groups: [] };
    return {
      total: entries.all.length,
      shown: shown.length,
      columns: columns.map(({ id }) => id),
      rows: rows.slice(offset, offset + limit).map((entry) => lineOf(entry, columns)),
      groups: [...groups],
    };
  },
  columns({ filter }, { workspace: { db } }) {
    const entries = readEntries(db);
    const shown = filterEntries(entries, filter);
    return {
      total: entries.all.length,
      shown: shown.length,
      columns: allColumns(entries).map((column) => describeColumn(column, shown)),
    };
  },
  values({ columns, filter }, { workspace: { db } }) {
    const entries = readEntries(db);
    const shown = filterEntries(entries, filter);
    return {
      runs: shown.map(({ id }) => id),
      families: shown.map(({ facts, origin }) => String(facts['family'] ?? origin)),
      columns: columns.map((name) => {
        const column = findColumn(entries, name);
        return { ...describeColumn(column, shown), values: shown.map(column.value) };
      }),
    };
  },
  why: (input, { workspace: { db } }) => ({ why: explainDifference(readEntries(db), input) }),
  async mark({ run, tags, note }, context) {
    const { db } = context.workspace;
    const before = marksOf(db, run);
    const next = {
      tags: tags ? [...new Set(tags)] : before.tags,
      note: note === undefined ? before.note : note.trim() || null,
    };
    if (JSON.stringify(next) !== JSON.stringify({ tags: before.tags, note: before.note })) {
      await context.commit([], (transaction) =>
        transaction.put('run_marks', {
          run,
          tags: JSON.stringify(next.tags),
          note: next.note,
          at: context.clock.now(),
          actor: context.actor,
        }),
      );
    }
    return { marks: marksOf(db, run) };
  },
  marks: ({ run }, { workspace: { db } }) => ({ marks: marksOf(db, run) }),
};

function differs(shown: readonly RunEntry[], value: FoundColumn['value']): boolean {
  const [first] = shown;
  if (!first) return false;
  const cell = value(first);
  return shown.some((entry) => value(entry) !== cell);
}

function lineOf(entry: RunEntry, columns: readonly FoundColumn[]): RunLine {
  const { id, origin, status, job, models, tags } = entry;
  return {
    id,
    origin,
    status,
    job,
    models: [...models],
    tags: [...tags],
    cells: columns.map(({ value }) => value(entry)),
  };
}
