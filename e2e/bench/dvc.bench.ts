import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  inPlace,
  median,
  needPython,
  processRow,
  python,
  runPython,
  tell,
  type Measured,
} from './measure.ts';

/**
 * `node e2e/bench/dvc.bench.ts [ROWS]`: keeping a table of 1,000,000 rows and 12 columns (CSV), then the same with 1 % of one column's cells edited
 * anywhere, against `dvc add` of the same files: whole commands in turns, and the bytes that each adds to its store. DVC hashes and copies a file without
 * looking into it; Holdfast reads every value, hashes it by content, and can say what changed. Needs GNU time and a Python with numpy, pandas and dvc:
 * `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const what = `two versions of ${rows} x 12`;
needPython(what, ['numpy', 'pandas', 'dvc']);

const program = `
import sys
import numpy as np
from houses import houses
rows, folder = int(sys.argv[1]), sys.argv[2]
first = houses(rows, 42)
first.to_csv(f"{folder}/first.csv", index=False)
picked = np.random.default_rng(99).choice(rows, rows // 100, replace=False)
first.loc[picked, "price"] = np.round(first.loc[picked, "price"] * 1.05, 2)
first.to_csv(f"{folder}/second.csv", index=False)
`;

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** A store, and how a file becomes its next version. */
interface Keeper {
  readonly store: string;
  readonly keep: (file: string) => Measured;
}

interface Kept {
  readonly runs: Measured[];
  bytes: number;
}

const kept = (): Kept => ({ runs: [], bytes: 0 });
const secondsOf = (runs: readonly Measured[]): number => median(runs.map((run) => run.seconds));

await inPlace((place) => {
  const { folder } = place;
  runPython(['-c', program, String(rows), folder]);
  const version = `DVC ${runPython(['-c', 'import dvc; print(dvc.__version__)']).trim()}`;
  const dvc = (round: number): Keeper => {
    const repository = join(folder, `dvc-${round}`);
    mkdirSync(repository);
    const run = (...args: string[]): Measured =>
      place.measure(python, ['-m', 'dvc', '--cd', repository, ...args]);
    run('init', '--no-scm', '-q');
    return {
      store: join(repository, '.dvc', 'cache'),
      keep(file) {
        copyFileSync(file, join(repository, 'houses.csv'));
        return run('add', '-q', 'houses.csv');
      },
    };
  };
  const holdfast = (round: number): Keeper => {
    const workspace = join(folder, `workspace-${round}`);
    place.holdfast('workspaces', 'create', workspace);
    return {
      store: join(workspace, 'objects'),
      keep: (file) =>
        place.holdfast('--workspace', workspace, 'datasets', 'import', file, '--name', 'houses'),
    };
  };
  const found = { dvc: [kept(), kept()], holdfast: [kept(), kept()] } as const;
  for (let round = 0; round < rounds; round++) {
    const keepers = { dvc: dvc(round), holdfast: holdfast(round) } as const;
    for (const [at, file] of ['first.csv', 'second.csv'].entries())
      for (const name of ['dvc', 'holdfast'] as const) {
        const { store, keep } = keepers[name];
        const before = round === 0 && at > 0 ? bytesIn(store) : 0;
        found[name][at]!.runs.push(keep(join(folder, file)));
        if (round === 0) found[name][at]!.bytes = bytesIn(store) - before;
      }
  }
  for (const [at, words] of ['the first version', '1 % of one column edited'].entries()) {
    const [theirs, ours] = [found.dvc[at]!, found.holdfast[at]!];
    console.log(
      `${words}: Holdfast adds ${(ours.bytes / 1e6).toFixed(2)} MB, DVC ${(theirs.bytes / 1e6).toFixed(2)} MB`,
    );
    console.table([
      processRow('dvc add', theirs.runs, null),
      processRow('holdfast', ours.runs, secondsOf(theirs.runs)),
    ]);
    tell({
      what: `${words}: kept`,
      holdfast: secondsOf(ours.runs),
      peer: version,
      other: secondsOf(theirs.runs),
      goal: null,
    });
    tell({
      what: `${words}: bytes added`,
      holdfast: ours.bytes / 1e6,
      peer: version,
      other: theirs.bytes / 1e6,
      goal: at === 0 ? null : 0.05,
      unit: 'MB',
    });
  }
});
