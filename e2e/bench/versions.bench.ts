import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { inPlace, median, needPython, runPython, tell, type Place } from './measure.ts';

/**
 * `node e2e/bench/versions.bench.ts [ROWS]`: what a second version adds to a table of 1,000,000 rows and 12 columns, as a share of the first
 * one's bytes, after changes of five kinds; whether reading it takes longer; and how long a diff takes. DVC keeps each version of a file whole,
 * restic cuts files where their content says so; both were measured on the same tables (1 % edited in place, and appended). Needs GNU time
 * and a Python with numpy and pandas: `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const what = `versions of ${rows} x 12`;
needPython(what, ['numpy', 'pandas']);

const changes = [
  { name: 'column', words: '1 % of one column edited', goal: 0.05, dvc: 1, restic: 0.97 },
  { name: 'appended', words: '1 % of rows appended', goal: 0.03, dvc: 1, restic: 0.025 },
  { name: 'rows', words: '1 % of rows edited in every column', goal: 0.15, dvc: 1, restic: 0.97 },
  { name: 'top', words: '1 % of rows inserted at the top', goal: 0.15, dvc: 1, restic: null },
  { name: 'removed', words: '1 % of rows removed anywhere', goal: 0.15, dvc: 1, restic: null },
] as const;

/** The first table and the changed ones, as CSV. */
const program = `
import sys
import numpy as np, pandas as pd
from houses import houses
rows, folder = int(sys.argv[1]), sys.argv[2]
first = houses(rows, 42)
few = rows // 100
fresh = houses(few, 77)
picked = np.random.default_rng(99).choice(rows, few, replace=False)
column = first.copy()
column.loc[picked, "price"] = np.round(column.loc[picked, "price"] * 1.05, 2)
edited = first.copy()
for name in edited.columns:
    values = edited[name].to_numpy().copy()
    values[picked] = fresh[name].to_numpy()
    edited[name] = values
tables = {
    "first": first,
    "column": column,
    "appended": pd.concat([first, fresh], ignore_index=True),
    "rows": edited,
    "top": pd.concat([fresh, first], ignore_index=True),
    "removed": first.drop(index=picked),
}
for name, table in tables.items():
    table.to_csv(f"{folder}/{name}.csv", index=False)
`;

const Diff = z.object({
  rows: z.object({ added: z.int(), removed: z.int(), changed: z.int() }),
  cells: z.object({ changed: z.int() }),
});

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Seconds to read every column of a version, in a process of its own. */
function readSeconds(place: Place, workspace: string, version: number): number {
  const reads = Array.from({ length: 3 }, () => {
    const { output } = place.measure(process.execPath, [
      join(import.meta.dirname, 'read_version.ts'),
      workspace,
      `houses@${version}`,
    ]);
    return Number(output);
  });
  return median(reads);
}

await inPlace((place) => {
  const { folder } = place;
  runPython(['-c', program, String(rows), folder]);
  const base = join(folder, 'base');
  place.holdfast('workspaces', 'create', base);
  const importAs = (workspace: string, table: string): number =>
    place.holdfast(
      '--workspace',
      workspace,
      'datasets',
      'import',
      join(folder, `${table}.csv`),
      '--name',
      'houses',
    ).seconds;
  const firstSeconds = importAs(base, 'first');
  const first = bytesIn(join(base, 'objects'));
  const table = changes.map(({ name, words, goal, dvc, restic }) => {
    const workspace = join(folder, name);
    cpSync(base, workspace, { recursive: true });
    const seconds = importAs(workspace, name);
    const share = (bytesIn(join(workspace, 'objects')) - first) / first;
    const compared = place.measure(process.execPath, [
      join(import.meta.dirname, '..', '..', 'main', 'hosts', 'cli', 'holdfast.cjs'),
      '--json',
      '--workspace',
      workspace,
      'datasets',
      'diff',
      'houses@1',
      'houses@2',
    ]);
    const diff = Diff.parse(JSON.parse(compared.output));
    const [before, after] = [readSeconds(place, workspace, 1), readSeconds(place, workspace, 2)];
    tell({
      what: `${words}: share of the first version`,
      holdfast: share,
      peer: 'DVC (its share)',
      other: dvc,
      goal,
    });
    tell({
      what: `${words}: reading it`,
      holdfast: after,
      peer: 'the first version',
      other: before,
      goal: 1.3,
    });
    tell({ what: `${words}: diff`, holdfast: compared.seconds, peer: '', other: null, goal: 3 });
    return {
      change: words,
      'adds (%)': (100 * share).toFixed(2),
      'goal (%)': 100 * goal,
      'DVC (%)': 100 * dvc,
      'restic (%)': restic === null ? '' : 100 * restic,
      'import, times the first': (seconds / firstSeconds).toFixed(2),
      'read, times the first': (after / before).toFixed(2),
      'diff (s)': compared.seconds.toFixed(2),
      'diff finds': `+${diff.rows.added} -${diff.rows.removed} ~${diff.rows.changed} (${diff.cells.changed} cells)`,
    };
  });
  console.log(`the first version: ${(first / 1e6).toFixed(1)} MB`);
  console.table(table);
});
