import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createApp } from '../../main/app/index.ts';
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
  type Place,
} from './measure.ts';

/**
 * `node e2e/bench/predict.bench.ts [ROWS]`: a linear model predicts for a CSV file of 100,000 houses, amounts and classes with their
 * probabilities, against a scikit-learn pipeline kept by joblib; both as whole processes from raw CSV to predicted CSV, in turns,
 * medians. Then one row at a time in a warm process. Needs GNU time and a Python with numpy, pandas, scikit-learn and joblib:
 * `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const rows = Number(process.argv[2] ?? 100_000);
const rounds = 5;
const targets = ['price', 'condition'] as const;
const what = (target: string): string =>
  `predict ${target === 'price' ? 'amounts' : '5 classes'}, ${rows}-row CSV to CSV`;
needPython('predict', ['numpy', 'pandas', 'sklearn', 'joblib']);

await inPlace(async (place) => {
  const { folder } = place;
  const [known, fresh] = [join(folder, 'known.csv'), join(folder, 'new.csv')];
  writeHouses(known, 20_000, 42);
  writeHouses(fresh, rows, 43);
  const script = join(import.meta.dirname, 'predict_sklearn.py');
  const peer = `scikit-learn ${runPython([script, 'fit', known, folder]).trim()}`;
  const workspace = join(folder, 'workspace');
  prepare(place, workspace, known);
  for (const target of targets) {
    const out = join(folder, `${target}.csv`);
    const { sklearn, holdfast } = await inTurns(rounds, {
      sklearn: () => place.measure(python, [script, 'file', join(folder, `${target}.joblib`), fresh, out]),
      holdfast: () => place.holdfast('--workspace', workspace, 'predict', target, fresh, '--out', out),
    });
    if (!sklearn || !holdfast) throw new Error('nothing was measured');
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n').length;
    if (lines !== rows + 1) throw new Error(`${lines} lines came out for ${rows} rows`);
    const other = median(sklearn.map(({ seconds }) => seconds));
    console.log(what(target));
    console.table([processRow(peer, sklearn, other), processRow('holdfast', holdfast, other)]);
    const seconds = median(holdfast.map((run) => run.seconds));
    tell({ what: what(target), holdfast: seconds, peer, other, goal: null });
  }
  const other = z.number().parse(JSON.parse(runPython([script, 'row', join(folder, 'price.joblib'), fresh])));
  const seconds = await oneRow(workspace);
  console.log(
    `one row, warm: holdfast ${(seconds * 1000).toFixed(2)} ms, ${peer} ${(other * 1000).toFixed(2)} ms`,
  );
  tell({ what: 'predict one row, warm', holdfast: seconds, peer, other, goal: null });
});

function prepare(place: Place, workspace: string, known: string): void {
  place.holdfast('workspaces', 'create', workspace);
  place.holdfast('--workspace', workspace, 'datasets', 'import', known, '--name', 'houses');
  for (const target of targets) {
    const recipe = join(place.folder, `${target}.yaml`);
    writeFileSync(recipe, `target: ${target}\nfamily: linear\n`);
    const Answer = z.object({ run: z.object({ id: z.string() }) });
    const { run } = Answer.parse(
      place.ask('--workspace', workspace, 'training', 'run', recipe, '--dataset', 'houses'),
    );
    place.holdfast('--workspace', workspace, 'registry', 'add', run.id, '--name', target);
  }
}

/** Median seconds of one call through the whole application: contract, dispatch, model read and checked, prediction. */
async function oneRow(workspace: string): Promise<number> {
  const app = await createApp({ host: 'the benchmark', workspace });
  const row = {
    area_m2: 96.5,
    lot_m2: 410,
    latitude: 52.1,
    dist_km: 6.2,
    rooms: 4,
    year_built: 1968,
    floor: 2,
    condition: 'good',
    district: 'district_07',
    zipcode: 'zip_10370',
    sold_on: '2021-06-30',
  };
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const start = performance.now();
    await app.dispatch('registry.predict', { model: 'price', rows: [row] });
    times.push((performance.now() - start) / 1000);
  }
  await app.close();
  return median(times.slice(100));
}
