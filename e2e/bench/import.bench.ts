import { join } from 'node:path';
import {
  inPlace,
  inTurns,
  median,
  needPython,
  processRow,
  python,
  runPython,
  tell,
  writeHouses,
} from './measure.ts';

/**
 * `node e2e/bench/import.bench.ts [ROWS]`: the import of a CSV of 1,000,000 rows and 12 columns to a verified snapshot, against pandas
 * `read_csv` to an Arrow file and its SHA-256. Both as whole processes from a cold start, in turns, on the same machine; medians.
 * `core` is the importer alone in one process, without command line, job process and database. Needs GNU time and a Python with
 * numpy, pandas and pyarrow: `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const goal = { ratio: 1.5, megabytes: 600 };
const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 5;
const what = `import, ${rows} x 12 CSV`;
needPython(what, ['numpy', 'pandas', 'pyarrow']);

await inPlace(async (place) => {
  const { folder } = place;
  const source = join(folder, 'houses.csv');
  writeHouses(source, rows, 42);
  let turn = 0;
  const { pandas, holdfast, core } = await inTurns(rounds, {
    pandas: () =>
      place.measure(python, [
        join(import.meta.dirname, 'import_pandas.py'),
        source,
        join(folder, 'houses.arrow'),
      ]),
    holdfast() {
      const workspace = join(folder, `workspace-${turn++}`);
      place.holdfast('workspaces', 'create', workspace);
      return place.holdfast('--workspace', workspace, 'datasets', 'import', source);
    },
    core: () =>
      place.measure(process.execPath, [
        join(import.meta.dirname, 'import_core.ts'),
        source,
        join(folder, `core-${turn++}`),
      ]),
  });
  if (!pandas || !holdfast || !core) throw new Error('nothing was measured');
  const peer = median(pandas.map(({ seconds }) => seconds));
  console.table([
    processRow('pandas', pandas, peer),
    processRow('holdfast', holdfast, peer),
    processRow('core', core, peer),
  ]);
  console.log(`goal: at most ${goal.ratio} times pandas, at most ${goal.megabytes} MB`);
  tell({
    what,
    holdfast: median(holdfast.map(({ seconds }) => seconds)),
    peer: `pandas ${runPython(['-c', 'import pandas; print(pandas.__version__)']).trim()}`,
    other: peer,
    goal: goal.ratio,
  });
});
