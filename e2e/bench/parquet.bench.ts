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
 * `node e2e/bench/parquet.bench.ts [ROWS]`: a Parquet file of 1,000,000 rows and 12 columns to a verified snapshot, and that snapshot
 * to a Parquet file, against pandas `read_parquet` to a Feather file and back. All as whole processes from a cold start, in turns;
 * medians. Needs GNU time and a Python with numpy, pandas and pyarrow: `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const goal = 3;
const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const work = `${rows} x 12 Parquet`;
needPython(`import and export, ${work}`, ['numpy', 'pandas', 'pyarrow']);

await inPlace(async (place) => {
  const { folder } = place;
  const csv = join(folder, 'houses.csv');
  const source = join(folder, 'houses.parquet');
  const feather = join(folder, 'houses.feather');
  writeHouses(csv, rows, 42);
  const convert = `import sys, pandas; t = pandas.read_csv(sys.argv[1], parse_dates=["sold_on"]); t.to_parquet(sys.argv[2], index=False); t.to_feather(sys.argv[3])`;
  runPython(['-c', convert, csv, source, feather]);
  const kept = join(folder, 'kept');
  place.holdfast('workspaces', 'create', kept);
  place.holdfast('--workspace', kept, 'datasets', 'import', source, '--name', 'houses');
  const pandas = (from: string, to: string) =>
    place.measure(python, [join(import.meta.dirname, 'parquet_pandas.py'), from, to]);
  let turn = 0;
  const measured = await inTurns(rounds, {
    'import, pandas': () => pandas(source, join(folder, 'out.feather')),
    'import, holdfast'() {
      const workspace = join(folder, `workspace-${turn++}`);
      place.holdfast('workspaces', 'create', workspace);
      return place.holdfast('--workspace', workspace, 'datasets', 'import', source);
    },
    'export, pandas': () => pandas(feather, join(folder, 'out.parquet')),
    'export, holdfast': () =>
      place.holdfast('--workspace', kept, 'datasets', 'export', 'houses', join(folder, 'holdfast.parquet')),
  });
  const seconds = (name: string): number => median((measured[name] ?? []).map((run) => run.seconds));
  console.table(
    Object.entries(measured).map(([name, runs]) =>
      processRow(name, runs, seconds(name.replace('holdfast', 'pandas'))),
    ),
  );
  const peer = `pandas ${runPython(['-c', 'import pandas; print(pandas.__version__)']).trim()}`;
  for (const what of ['import', 'export'])
    tell({
      what: `${what}, ${work}`,
      holdfast: seconds(`${what}, holdfast`),
      peer,
      other: seconds(`${what}, pandas`),
      goal,
    });
});
