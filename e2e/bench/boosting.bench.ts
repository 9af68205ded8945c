import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { familyById } from '../../main/models/index.ts';
import type { Design, Target } from '../../main/recipes/index.ts';
import { inPlace, inTurns, median, needPython, processRow, python, runPython, tell } from './measure.ts';

/**
 * `node e2e/bench/boosting.bench.ts [ROWS]`: the boosting family against Python's LightGBM, the same library and settings (100 trees of
 * 31 leaves). `fit`: from arrays to a model, in turns. `whole`: `training run` from a snapshot to an evaluated, recorded model, against
 * pandas reading Parquet, coding categories, fitting and scoring; whole processes, in turns. Needs GNU time and a Python with lightgbm,
 * scikit-learn, pandas and pyarrow: `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const Facts = z.object({
  numbers: z.array(z.string()),
  categories: z.array(z.string()),
  levels: z.array(z.int()),
});
const Fit = z.object({ seconds: z.number(), predict: z.number(), r2: z.number() });
type Fit = z.infer<typeof Fit>;

const goal = { fit: 1.1, whole: 1 };
const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const train = Math.floor((rows * 8) / 10);
needPython(`boosting, ${rows} x 12`, ['lightgbm', 'sklearn', 'pandas', 'pyarrow']);

await inPlace(async (place) => {
  const { folder } = place;
  const script = join(import.meta.dirname, 'boosting_lightgbm.py');
  runPython([script, 'data', folder, String(rows)]);
  const { design, target } = readData(folder);
  const fits = await inTurns(rounds, {
    python: () => Fit.parse(JSON.parse(runPython([script, 'fit', folder, String(rows)]))),
    holdfast: () => fit(design, target),
  });
  const ours = fits['holdfast'] ?? [];
  const theirs = fits['python'] ?? [];
  const version = `lightgbm ${runPython(['-c', 'import lightgbm; print(lightgbm.__version__)']).trim()}`;
  console.table([fitRow(`Python, ${version}`, theirs), fitRow('Holdfast', ours)]);
  for (const [what, key, most] of [
    [`fit boosting, ${train} rows, 100 trees`, 'seconds', goal.fit],
    [`predict boosting, ${rows - train} rows, 100 trees`, 'predict', null],
  ] as const) {
    const holdfast = median(ours.map((one) => one[key]));
    tell({ what, holdfast, peer: version, other: median(theirs.map((one) => one[key])), goal: most });
  }

  const workspace = join(folder, 'workspace');
  const recipe = join(folder, 'recipe.yaml');
  writeFileSync(
    recipe,
    'target: price\nfamily: boosting\nsplit: 80/0/20\nparams: { n_estimators: 100, early_stopping_rounds: 0 }\n',
  );
  place.holdfast('workspaces', 'create', workspace);
  place.holdfast(
    '--workspace',
    workspace,
    'datasets',
    'import',
    join(folder, 'houses.csv'),
    '--name',
    'houses',
  );
  const whole = await inTurns(rounds, {
    python: () => place.measure(python, [script, 'whole', join(folder, 'houses.parquet')]),
    holdfast: () => place.holdfast('--workspace', workspace, 'training', 'run', recipe),
  });
  const peer = median((whole['python'] ?? []).map(({ seconds }) => seconds));
  console.table(Object.entries(whole).map(([name, runs]) => processRow(name, runs, peer)));
  tell({
    what: `train boosting whole, ${rows} x 12`,
    holdfast: median((whole['holdfast'] ?? []).map(({ seconds }) => seconds)),
    peer: `pandas, ${version}`,
    other: peer,
    goal: goal.whole,
  });
});

function readData(folder: string): { design: Design; target: Float64Array } {
  const facts = Facts.parse(JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')));
  const numbers = new Float64Array(readAligned(join(folder, 'numbers.f64')));
  const codes = new Int32Array(readAligned(join(folder, 'codes.i32')));
  const design: Design = {
    rows,
    width: facts.numbers.length + facts.categories.length,
    blocks: [
      {
        kind: 'dense',
        names: facts.numbers,
        columns: facts.numbers.map((_, i) => numbers.subarray(i * rows, (i + 1) * rows)),
      },
      ...facts.categories.map((name, i) => ({
        kind: 'codes' as const,
        name,
        levels: Array.from({ length: facts.levels[i] ?? 0 }, (_, level) => String(level)),
        codes: codes.subarray(i * rows, (i + 1) * rows),
      })),
    ],
  };
  return { design, target: new Float64Array(readAligned(join(folder, 'target.f64'))) };
}

function part({ blocks, width }: Design, from: number, to: number): Design {
  return {
    rows: to - from,
    width,
    blocks: blocks.map((block) =>
      block.kind === 'dense'
        ? { ...block, columns: block.columns.map((column) => column.subarray(from, to)) }
        : { ...block, codes: block.codes.subarray(from, to) },
    ),
  };
}

async function fit(design: Design, values: Float64Array): Promise<Fit> {
  const family = familyById('boosting');
  const labelled = (from: number, to: number): { design: Design; target: Target } => ({
    design: part(design, from, to),
    target: { task: 'regression', values: values.subarray(from, to) },
  });
  const start = performance.now();
  const { artifact } = await family.fit(
    { train: labelled(0, train), validation: labelled(0, 0) },
    family.params.parse({ n_estimators: 100 }),
    { seed: 0, signal: new AbortController().signal, progress: () => undefined },
  );
  const seconds = (performance.now() - start) / 1000;
  const rest = labelled(train, rows);
  const before = performance.now();
  const found = family.predict(artifact, rest.design);
  const predict = (performance.now() - before) / 1000;
  const known = values.subarray(train, rows);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  let off = 0;
  let all = 0;
  known.forEach((value, i) => {
    off += (value - found[i]!) ** 2;
    all += (value - mean) ** 2;
  });
  return { seconds, predict, r2: 1 - off / all };
}

function fitRow(what: string, fits: readonly Fit[]): Record<string, string> {
  return {
    what,
    'fit s': fits.map((one) => one.seconds.toFixed(2)).join(' '),
    'median fit s': median(fits.map((one) => one.seconds)).toFixed(2),
    'median predict s': median(fits.map((one) => one.predict)).toFixed(2),
    'test r2': (fits[0]?.r2 ?? Number.NaN).toFixed(5),
  };
}

function readAligned(path: string): ArrayBuffer {
  return Uint8Array.from(readFileSync(path)).buffer;
}
