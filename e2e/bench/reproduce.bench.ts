import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { inPlace, median, needPython, processRow, tell, writeHouses, type Measured } from './measure.ts';

/**
 * `node e2e/bench/reproduce.bench.ts [ROWS]`: making a run again from its record, against training it the first time; whole processes
 * of the command line on 100,000 houses, medians of three runs. Every verdict must be `identical`. Needs GNU time and a
 * Python with numpy and pandas (for the table only): `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const rows = Number(process.argv[2] ?? 100_000);
const rounds = 3;
const recipes = {
  linear: 'target: price\nfamily: linear\n',
  'network, 5 epochs': 'target: price\nfamily: network\nparams: { batch_size: 256, epochs: 5 }\n',
};
needPython('reproduce', ['numpy', 'pandas']);
const Verdict = z.object({ verdict: z.literal('identical') });
const Answer = z.object({ runs: z.array(z.object({ id: z.string() })) });

await inPlace((place) => {
  const source = join(place.folder, 'houses.csv');
  writeHouses(source, rows, 42);
  const workspace = join(place.folder, 'workspace');
  place.holdfast('workspaces', 'create', workspace);
  place.holdfast('--workspace', workspace, 'datasets', 'import', source, '--name', 'houses');
  for (const [family, text] of Object.entries(recipes)) {
    const recipe = join(place.folder, 'recipe.yaml');
    writeFileSync(recipe, text);
    const first: Measured[] = [];
    const again: Measured[] = [];
    for (let round = 0; round < rounds; round++) {
      first.push(place.holdfast('--workspace', workspace, 'training', 'run', recipe, '--dataset', 'houses'));
      const { runs } = Answer.parse(place.ask('--workspace', workspace, 'training', 'list'));
      const run = runs[0]?.id ?? '';
      const made = place.holdfast('--json', '--workspace', workspace, 'lineage', 'reproduce', run);
      Verdict.parse(JSON.parse(made.output));
      again.push(made);
    }
    const other = median(first.map(({ seconds }) => seconds));
    const what = `reproduce, ${family}, ${rows} rows`;
    console.log(what);
    console.table([processRow('first training', first, other), processRow('made again', again, other)]);
    tell({
      what,
      holdfast: median(again.map(({ seconds }) => seconds)),
      peer: 'its first training',
      other,
      goal: null,
    });
  }
});
