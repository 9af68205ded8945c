import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createObjectReader } from '../../../platform/objects/index.ts';
import { createRandom } from '../../../platform/random.ts';
import { buildTestApp, type TestApp } from '../../../testing/build-app.ts';
import { foldRows, part, readSplit, splitCounts, type Split } from '../split.ts';

interface Row {
  readonly id: number;
  readonly customer: string;
  readonly x: number;
  readonly kind: string;
  readonly y: number;
}

function makeRows(from: number, count: number, seed: number): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: from + i,
    customer: `c${Math.floor((from + i) / 3)}`,
    x: Math.round(random.normal() * 1e6) / 1e6,
    kind: random.uniform() < 0.2 ? 'rare' : 'usual',
    y: Math.round(random.normal() * 1e6) / 1e6,
  }));
}

async function importRows({ client, folder }: TestApp, rows: readonly Row[]): Promise<void> {
  const path = join(folder, 'table.csv');
  const lines = rows.map(({ id, customer, x, kind, y }) => [id, customer, x, kind, y].join(','));
  await writeFile(path, ['id,customer,x,kind,y', ...lines].join('\n'));
  await client.datasets.import({ path, name: 'table' });
}

async function train(app: TestApp, split: object | string, more: object = {}) {
  const recipe = { target: 'y', family: 'baseline', features: ['x'], split, ...more };
  const { run } = await app.client.training.run({ recipe, dataset: 'table' });
  const { split: recorded } = await app.client.training.show({ run: run.id });
  const digest = recorded?.digest ?? '';
  const objects = createObjectReader(join(app.dir, 'objects'));
  return { run, digest, split: readSplit(await objects.get(digest)) };
}

/** The later snapshot: rows in another order, some gone, new ones between. */
function later(rows: readonly Row[], fresh: readonly Row[]): Row[] {
  return shuffled([...rows.slice(20), ...fresh]);
}

function shuffled(rows: readonly Row[]): Row[] {
  const order = createRandom(9).shuffle(Int32Array.from(rows.keys()));
  return Array.from(order, (row) => rows[row]!);
}

function sides(split: Split, rows: readonly Row[]): Map<number, number> {
  return new Map(rows.map(({ id }, row) => [id, split.parts[row]!]));
}

test.each([
  ['random', { train: 0.5, validation: 0.25, test: 0.25, seed: 7 }, {}, [150, 75, 75]],
  ['stratified', { method: 'stratified' }, { target: 'kind' }, [180, 60, 60]],
])(
  '%s: known rows keep their side, and all together meet the shares',
  async (method, split, more, wanted) => {
    const app = await buildTestApp();
    const before = makeRows(0, 200, 1);
    await importRows(app, before);
    const first = await train(app, split, more);
    const fresh = makeRows(1000, 120, 2);
    const after = later(before, fresh);
    await importRows(app, after);
    const second = await train(app, { inherit: first.run.id }, more);
    const [was, is] = [sides(first.split, before), sides(second.split, after)];
    for (const { id } of before.slice(20)) expect(is.get(id)).toBe(was.get(id));
    const counts = splitCounts(second.split);
    // 300 rows: whatever side the 20 that are gone were on, enough are new to make up for it.
    expect([counts.train, counts.validation, counts.test]).toEqual(wanted);
    // By class, where the plan says so: each of them meets the shares.
    const rare = after.filter(({ kind }) => kind === 'rare');
    const tested = rare.filter(({ id }) => is.get(id) === part.test).length;
    expect(method !== 'stratified' || Math.abs(tested - 0.2 * rare.length) <= 1).toBe(true);
    expect(second.run.notes.join('\n')).toContain('180 rows keep the side they had');
    expect(second.run.notes.join('\n')).toContain('120 new ones were divided by its rule');
    // Again, and by the resolved recipe: the same bytes.
    expect((await train(app, { inherit: first.digest.slice(0, 10) }, more)).digest).toBe(second.digest);
    const { yaml } = await app.client.training.show({ run: second.run.id });
    const again = await app.client.training.run({ recipe: yaml, dataset: 'table' });
    expect(again.run.recipe).toBe(second.run.recipe);
    const made = await app.client.lineage.reproduce({ run: second.run.id });
    expect(made.verdict).toBe('identical');
    const { audit } = await app.client.lineage.audit({ id: second.run.id });
    expect(audit.run['split keeps the sides of']).toBe(first.digest);
    const { edges } = await app.client.lineage.show({ id: second.run.id });
    expect(edges.filter(({ how }) => how === 'inherited').map(({ from, to }) => [from, to])).toEqual([
      [`split:${first.digest}`, `split:${second.digest}`],
    ]);
  },
);

test('group: whole groups are inherited, new rows of a known group join it, and folds stay', async () => {
  const app = await buildTestApp();
  const before = makeRows(0, 120, 1);
  await importRows(app, before);
  const first = await train(app, { method: 'group', by: 'customer', folds: 4, test: 0.25 });
  // Six rows of known customers, and 60 of new ones.
  const fresh = [
    ...before.slice(0, 6).map((row, i) => ({ ...row, id: 500 + i, x: i })),
    ...makeRows(900, 60, 3),
  ];
  const after = shuffled([...before, ...fresh]);
  await importRows(app, after);
  const { split } = await train(app, { inherit: first.run.id });
  const sideOf = new Map(before.map(({ customer }, row) => [customer, first.split.parts[row]!]));
  const foldOf = new Map(before.map(({ customer }, row) => [customer, first.split.folds!.of[row]!]));
  const seen = new Map<string, number>();
  after.forEach(({ customer }, row) => {
    const side = split.parts[row]!;
    const fold = split.folds!.of[row]!;
    expect(side).toBe(sideOf.get(customer) ?? seen.get(customer) ?? side);
    expect(fold).toBe(foldOf.get(customer) ?? fold);
    seen.set(customer, side);
  });
  for (let fold = 1; fold <= 4; fold++) {
    const { train: trains, validation } = foldRows(split.folds!, fold);
    const judged = new Set(Array.from(validation, (row) => after[row]!.customer));
    expect(Array.from(trains).some((row) => judged.has(after[row]!.customer))).toBe(false);
  }
});

test('by a key a corrected row is the same row; without one it is new', async () => {
  const app = await buildTestApp();
  const before = makeRows(0, 100, 1);
  await importRows(app, before);
  const first = await train(app, 'random');
  const after = before.map((row, i) => (i % 2 === 0 ? { ...row, y: row.y + 1 } : row));
  await importRows(app, after);
  const byKey = await train(app, { inherit: first.run.id, key: 'id' });
  expect(byKey.split.parts).toEqual(first.split.parts);
  const byContent = await train(app, { inherit: first.run.id });
  expect(byContent.run.notes.join('\n')).toContain('50 rows keep the side they had');
  expect(odd(byContent.split)).toEqual(odd(first.split));
  // Deleting the rows that the split was made for is refused while runs are divided by it.
  const { affects } = await app.client.datasets.delete({ dataset: 'table@1', dryRun: true });
  expect(affects.runs).toEqual([first.run.id, byKey.run.id, byContent.run.id]);
  await app.client.datasets.delete({ dataset: 'table@1', force: true, reason: 'no longer needed' });
  await app.client.datasets.empty({});
  // A run is made again by its own recorded split; another can't be divided by those rows any more.
  for (const { run } of [byKey, byContent])
    expect((await app.client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  await expect(train(app, { inherit: first.run.id })).rejects.toMatchObject({ code: 'split-data-gone' });
});

function odd({ parts }: Split): Uint8Array {
  return parts.filter((_, row) => row % 2 === 1);
}

test('sealed test rows stay sealed', async () => {
  const app = await buildTestApp();
  const before = makeRows(0, 100, 1);
  await importRows(app, before);
  const first = await train(app, { sealed: true });
  await importRows(app, [...before, ...makeRows(200, 20, 2)]);
  const next = await train(app, { inherit: first.run.id });
  expect([next.run.sealed, Object.keys(next.run.metrics?.test ?? {})]).toEqual([true, []]);
  await expect(train(app, { inherit: first.run.id, sealed: false })).rejects.toThrow(
    'are sealed; inherited they stay so',
  );
});

test('looks at the same rows in earlier versions count, and rows that were opened there are spent', async () => {
  const app = await buildTestApp();
  const { client } = app;
  const before = makeRows(0, 100, 1);
  await importRows(app, before);
  const first = await train(app, 'random');
  await train(app, 'random', { features: ['x', 'id'] });
  const grown = [...before, ...makeRows(200, 20, 2)];
  await importRows(app, grown);
  const second = await train(app, { inherit: first.run.id });
  expect([first.run.looks, second.run.looks]).toEqual([0, 2]);
  await importRows(app, [...grown, ...makeRows(300, 20, 3)]);
  const third = await train(app, { inherit: second.run.id });
  expect(third.run.looks).toBe(3);
  const ledger = await client.holdout.looks({ run: third.run.id });
  expect([ledger.before, ledger.looks.length]).toEqual([3, 4]);

  // Sealed in two versions, opened in one.
  await importRows(app, before.slice(1));
  const sealed = await train(app, { sealed: true, seed: 5 });
  await importRows(app, [...before.slice(1), ...makeRows(400, 20, 4)]);
  const resealed = await train(app, { inherit: sealed.run.id });
  await client.holdout.open({ run: sealed.run.id, why: 'the final choice' });
  const why = 'asked for again';
  await expect(client.holdout.open({ run: resealed.run.id, why })).rejects.toThrow(
    `these test rows were opened once, for run "${sealed.run.id}"`,
  );
  const opened = await client.holdout.open({ run: resealed.run.id, why, override: true });
  expect([opened.before, opened.look.kind]).toEqual([1, 'override']);
});

test('what cannot be inherited is refused, with what would be right', async () => {
  const app = await buildTestApp();
  const before = makeRows(0, 60, 1);
  await importRows(app, before);
  const first = await train(app, 'random');
  const time = await train(app, { method: 'time', by: 'id' });
  const refused = (split: object, words: string | RegExp) => expect(train(app, split)).rejects.toThrow(words);
  await refused({ inherit: 'run_nope' }, /there is no recorded split "run_nope"; name a run \(such as run_/);
  await refused(
    { inherit: first.run.id, test: 0.5 },
    /split\.test: it comes with the split of run_\w+, where it is 0\.2; leave it out/,
  );
  await refused({ inherit: time.run.id }, "it can't be inherited");
  await refused(
    { inherit: first.run.id, key: 'nope' },
    'split.key: unknown column "nope"; there is id, customer',
  );
  await refused({ inherit: first.run.id, key: 'kind' }, /"(usual|rare)" is on two sides/);
  await refused({ key: 'id' }, 'split: {method: key, by: id}');
  await importRows(app, makeRows(500, 60, 5));
  await refused({ inherit: first.run.id }, /none of the 60 rows .* name the column that tells rows apart/);
  // Three rows that were there: no test row can come of one new row alone.
  const tested = before.filter((_, row) => first.split.parts[row] === part.train).slice(0, 3);
  await importRows(app, tested);
  await refused(
    { inherit: first.run.id },
    'with the inherited sides there are 0 rows of the part "validation"',
  );
});
