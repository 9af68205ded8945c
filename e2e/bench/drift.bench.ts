import { join } from 'node:path';
import * as z from 'zod';
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
 * `node e2e/bench/drift.bench.ts [ROWS]`: whether a table of 100,000 rows and 12 columns is like another, as a whole command, against Evidently's data
 * drift preset as a whole process. Evidently tests each column but dates; Holdfast tests each, with effect sizes and a classifier over all of them, and
 * names the parts without a row in the reference. In turns, medians. Needs GNU time and a Python with numpy, pandas, pyarrow and evidently:
 * `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const rows = Number(process.argv[2] ?? 100_000);
const rounds = 3;
const what = `compare ${rows} x 12 with ${rows} x 12`;
needPython(what, ['numpy', 'pandas', 'pyarrow', 'evidently']);

const Printed = z.object({ seconds: z.number(), version: z.string(), columns: z.int() });

await inPlace(async (place) => {
  const { folder } = place;
  const workspace = join(folder, 'workspace');
  place.holdfast('workspaces', 'create', workspace);
  const tables = [42, 77].map((seed) => {
    const csv = join(folder, `houses-${seed}.csv`);
    const parquet = join(folder, `houses-${seed}.parquet`);
    writeHouses(csv, rows, seed);
    const convert = `import sys, pandas; pandas.read_csv(sys.argv[1], parse_dates=["sold_on"]).to_parquet(sys.argv[2], index=False)`;
    runPython(['-c', convert, csv, parquet]);
    place.holdfast('--workspace', workspace, 'datasets', 'import', parquet, '--name', `houses-${seed}`);
    return parquet;
  });
  const measured = await inTurns(rounds, {
    evidently: () => place.measure(python, [join(import.meta.dirname, 'drift_evidently.py'), ...tables]),
    holdfast: () => place.holdfast('--workspace', workspace, 'checks', 'compare', 'houses-42', 'houses-77'),
  });
  const [theirs, ours] = [measured['evidently'] ?? [], measured['holdfast'] ?? []];
  const other = median(theirs.map((run) => run.seconds));
  const printed = theirs.map(({ output }) => Printed.parse(JSON.parse(output)));
  console.table([
    processRow(`evidently (${printed[0]?.columns} columns)`, theirs, null),
    processRow('holdfast', ours, other),
  ]);
  console.log(
    `evidently without loading libraries: ${median(printed.map(({ seconds }) => seconds)).toFixed(2)} s`,
  );
  const holdfast = median(ours.map((run) => run.seconds));
  tell({ what, holdfast, peer: printed[0]?.version ?? 'Evidently', other, goal: 1 });
});
