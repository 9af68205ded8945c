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
  type Measured,
} from './measure.ts';

/**
 * `node e2e/bench/profile.bench.ts [ROWS]`: the profile of every column of 1,000,000 rows and 12 columns, missing values, exact distinct values,
 * quantiles, histograms and commonest values, against polars doing the same from a Parquet file; and of 100,000 rows against ydata-profiling's minimal
 * report. From the file to the figures, libraries loaded; in turns, medians. The whole command is in the printed table. Needs GNU time and a Python
 * with numpy, pandas, pyarrow and polars, and for the second ydata-profiling: `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const fewer = Math.min(rows, 100_000);
const rounds = 5;
const what = (count: number): string => `profile, ${count} x 12`;
needPython(what(rows), ['numpy', 'pandas', 'pyarrow', 'polars']);

const Printed = z.object({ seconds: z.number(), version: z.string().optional() });
const inner = ({ output }: Measured): z.infer<typeof Printed> => Printed.parse(JSON.parse(output));

await inPlace(async (place) => {
  const { folder } = place;
  const prepare = (count: number): { readonly parquet: string; readonly workspace: string } => {
    const csv = join(folder, `houses-${count}.csv`);
    const parquet = join(folder, `houses-${count}.parquet`);
    const workspace = join(folder, `workspace-${count}`);
    writeHouses(csv, count, 42);
    const convert = `import sys, pandas; pandas.read_csv(sys.argv[1], parse_dates=["sold_on"]).to_parquet(sys.argv[2], index=False)`;
    runPython(['-c', convert, csv, parquet]);
    place.holdfast('workspaces', 'create', workspace);
    place.holdfast('--workspace', workspace, 'datasets', 'import', csv, '--name', 'houses');
    return { parquet, workspace };
  };
  const compare = async (count: number, tool: string, goal: number): Promise<void> => {
    const { parquet, workspace } = prepare(count);
    const core = join(import.meta.dirname, 'profile_core.ts');
    const measured = await inTurns(rounds, {
      [tool]: () => place.measure(python, [join(import.meta.dirname, 'profile.py'), tool, parquet]),
      holdfast: () => place.measure(process.execPath, [core, workspace, 'houses']),
    });
    const [theirs, ours] = [measured[tool] ?? [], measured['holdfast'] ?? []];
    const seconds = median(ours.map((run) => inner(run).seconds));
    const other = median(theirs.map((run) => inner(run).seconds));
    const command = place.holdfast('--workspace', workspace, 'datasets', 'profile', 'houses');
    const whole = median(theirs.map((run) => run.seconds));
    console.table([
      processRow(tool, theirs, null),
      processRow('holdfast, figures alone', ours, whole),
      processRow('holdfast, whole command', [command], whole),
    ]);
    console.log(
      `from the file to the figures: holdfast ${seconds.toFixed(2)} s, ${tool} ${other.toFixed(2)} s`,
    );
    tell({ what: what(count), holdfast: seconds, peer: inner(theirs[0]!).version ?? tool, other, goal });
  };
  await compare(rows, 'polars', 1.5);
  needPython(`${what(fewer)}, report`, ['ydata_profiling']);
  await compare(fewer, 'ydata', 1);
});
