import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Labelled } from '../../models/index.ts';
import { buildTestApp } from '../../testing/build-app.ts';
import reference from './balance.fixture.json' with { type: 'json' };
import { balanceRows, classWeights, wantedCounts } from './balance-rows.ts';

type Codes = 'two' | 'three';

function labelled(which: Codes): Labelled {
  const codes = Int32Array.from(reference[which]);
  const classes = ['a', 'b', 'c'].slice(0, which === 'two' ? 2 : 3);
  const values = Float64Array.from(codes.keys());
  return {
    design: {
      rows: codes.length,
      width: 1,
      blocks: [{ kind: 'dense', names: ['place'], columns: [values] }],
    },
    target: { task: 'classification', classes, codes },
  };
}

const rows = Int32Array.from({ length: 500 }, (_, i) => 2 * i);

function learnedFrom(which: Codes, by: 'over' | 'under', ratio = 1, seed = 7) {
  const { labelled: learned, notes } = balanceRows({ balance: { by, ratio }, seed }, labelled(which), rows);
  const [block] = learned.design.blocks;
  const places = block?.kind === 'dense' ? [...block.columns[0]!] : [];
  const codes = learned.target.task === 'classification' ? [...learned.target.codes] : [];
  const counts = [0, 1, 2].map((code) => codes.filter((one) => one === code).length).filter(Boolean);
  return { places, codes, counts, notes };
}

test('classes have as many rows as in imbalanced-learn, and rows keep their class', () => {
  for (const which of ['two', 'three'] as const) {
    for (const by of ['over', 'under'] as const) {
      const { places, codes, counts } = learnedFrom(which, by);
      expect(counts).toEqual(reference[by][which]);
      expect(codes).toEqual(places.map((place) => reference[which][place]));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  }
  expect(learnedFrom('two', 'over', 0.5).counts).toEqual(reference.overHalf);
  expect(learnedFrom('two', 'under', 0.5).counts).toEqual(reference.underHalf);
  expect(wantedCounts({ by: 'over', ratio: 0.1 }, [900, 0, 100])).toEqual([900, 0, 100]);
});

test('every row of a class comes equally often, but for one, and another seed draws others', () => {
  const { places, notes } = learnedFrom('three', 'over');
  const times = new Map<number, number>();
  for (const place of places) times.set(place, (times.get(place) ?? 0) + 1);
  for (const code of [0, 1, 2]) {
    const own = [...times].filter(([place]) => reference.three[place] === code).map(([, count]) => count);
    expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
  }
  expect(times.size).toBe(500);
  expect(learnedFrom('three', 'over').places).toEqual(places);
  expect(learnedFrom('three', 'over', 1, 8).places).not.toEqual(places);
  expect(notes[0]).toMatch(/rows drawn from 500 training rows by seed 7: "b" from \d+ to \d+, .*SHA-256/);
});

test('weights are the balanced ones of scikit-learn', () => {
  const codes = Int32Array.from(reference.three);
  const of = classWeights(codes, new Float64Array(codes.length).fill(1), 3, 1);
  reference.weights.forEach((weight, row) => expect(of[codes[row]!]).toBeCloseTo(weight, 12));
  // With half the ratio the heaviest class weighs twice each of the others, and the sum stays.
  const half = classWeights(codes, new Float64Array(codes.length).fill(1), 3, 0.5);
  const totals = [0, 1, 2].map((code) => codes.filter((one) => one === code).length * half[code]!);
  expect(totals[0]! / totals[2]!).toBeCloseTo(2, 9);
  expect(totals.reduce((sum, one) => sum + one, 0)).toBeCloseTo(500, 9);
});

test('a class whose rows all weigh nothing counts nothing', () => {
  const rare = labelled('two');
  const weights = Float64Array.from(reference.two, (code) => (code === 1 ? 0 : 2));
  const { labelled: learned } = balanceRows(
    { balance: { by: 'weights', ratio: 1 }, seed: 1 },
    { ...rare, weights },
    rows,
  );
  expect(learned.weights).toEqual(weights);
});

/** One of ten is "yes", more often where x is large. */
async function withRare() {
  const built = await buildTestApp();
  const lines = Array.from({ length: 600 }, (_, i) => {
    const x = (i * 37) % 100;
    return `${x},${(i * 13) % 7},${i % 5},${x > 80 && i % 2 === 0 ? 'yes' : 'no'}`;
  });
  const path = join(built.folder, 'rare.csv');
  await writeFile(path, `x,z,w,rare\n${lines.join('\n')}\n`);
  await built.client.datasets.import({ path, name: 'rare' });
  return built;
}

test('balanced runs find the rare class, judge by rows as they are, and are made again bit by bit', async () => {
  const { client } = await withRare();
  const run = async (more: string, family = 'linear') =>
    (await client.training.run({ recipe: `target: rare\nfamily: ${family}\n${more}`, dataset: 'rare' })).run;
  const plain = await run('');
  for (const balance of ['over', 'under']) {
    const one = await run(`balance: ${balance}\n`);
    expect(one.metrics!.test['recall_macro']).toBeGreaterThan(plain.metrics!.test['recall_macro']!);
    expect(one.notes.join('\n')).toMatch(/training rows by seed 42: .*SHA-256 of their places [0-9a-f]{64}/);
    expect((await client.training.show({ run: one.id })).split).toEqual(
      (await client.training.show({ run: plain.id })).split,
    );
    expect((await client.lineage.reproduce({ run: one.id })).verdict).toBe('identical');
  }
  const weighed = await run('balance: {by: weights, ratio: 0.5}\nweight: w\n', 'glm');
  expect(weighed.notes.join('\n')).toMatch(/each training row counts by its class: "no" 0\.\d+, "yes" \d/);
  expect(weighed.notes.join('\n')).toMatch(/"calibrate" brings the probabilities back/);
  const honest = await run('balance: over\ncalibrate: platt\n');
  expect(honest.notes.join('\n')).not.toMatch(/brings the probabilities back/);
  const folds = await run('balance: over\nsplit: 3-fold\n', 'tree');
  expect(folds.status).toBe('done');
  // Balanced classes in the trees' own parameter are the same weights.
  const byRecipe = await run('balance: weights\n', 'tree');
  const byFamily = await run('params: {class_weight: balanced}\n', 'tree');
  expect(byRecipe.metrics?.test).toEqual(byFamily.metrics?.test);
});

test('a recipe without balance is the same as before; a wrong one is refused with what would be right', async () => {
  const { client } = await withRare();
  const resolve = (recipe: string) => client.recipes.resolve({ recipe, dataset: 'rare' });
  expect((await resolve('target: rare\nfamily: linear\n')).recipe).not.toHaveProperty('balance');
  const short = await resolve('target: rare\nfamily: linear\nbalance: over\n');
  expect(short.recipe).toMatchObject({ balance: { by: 'over', ratio: 1 } });
  expect((await resolve(short.yaml ?? '')).hash).toBe(short.hash);
  const only = async (recipe: string) => {
    const [first, ...more] = (await resolve(recipe)).problems;
    expect(more).toEqual([]);
    return `${first?.path}: ${first?.message}`;
  };
  expect(await only('target: x\nfamily: linear\nbalance: over\n')).toMatch(
    /^balance: amounts have no classes/,
  );
  expect(await only('target: rare\nfamily: linear\nbalance: weights\n')).toMatch(
    /^balance.by: "linear" takes no weights; say "over".*glm/,
  );
  expect(
    await only('target: rare\nfamily: boosting\nbalance: weights\nparams: {class_weight: balanced}\n'),
  ).toMatch(/^balance.by: "class_weight: balanced" weighs the classes already.*leave one of them out/);
  expect(await only('target: rare\nfamily: linear\nbalance: smote\n')).toMatch(/^balance.by: .*"smote"/);
  expect(await only('target: rare\nfamily: linear\nbalance: {by: over, ratio: 2}\n')).toMatch(
    /^balance.ratio/,
  );
  await expect(
    client.training.run({
      recipe: 'target: rare\nfamily: tree\nweight: z\nbalance: weights\n',
      dataset: 'rare',
    }),
  ).resolves.toMatchObject({ run: { status: 'done' } });
});
