import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { TreatmentStep } from '../../../preload/contract/privacy.ts';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';

const people = `name,email,age,zip,born,income,score
Ada Lovelace,ada@example.org,31,95823,1985-12-10,51200,0.25
Bob Miller,bob@example.com,45,95811,1971-03-02,48750,0.75
Ada Lovelace,ada@example.org,70,95823,1946-01-31,,0.5
`;

async function withPeople() {
  const built = await buildTestApp();
  const path = join(built.folder, 'people.csv');
  await writeFile(path, people);
  await built.client.datasets.import({ path });
  return built;
}

async function rowsOf({ app }: TestApp, dataset: string): Promise<Record<string, unknown>[]> {
  const { table } = await app.dispatch('datasets.query', { sql: `SELECT * FROM "${dataset}"` });
  return tableFromIPC(table)
    .toArray()
    .map((row) => row.toJSON() as Record<string, unknown>);
}

type Input = Parameters<TestApp['client']['privacy']['treat']>[0];
const treat = ({ client }: TestApp, steps: Input['steps'], more: Partial<Input> = {}) =>
  client.privacy.treat({ dataset: 'people', steps, ...more });

test('each treatment does what it says, and missing values stay missing', async () => {
  const built = await withPeople();
  const made = await treat(built, [
    { treat: 'drop', column: 'name' },
    { treat: 'pseudonym', column: 'email' },
    { treat: 'generalise', column: 'age', bands: [18, 40, 65] },
    { treat: 'generalise', column: 'zip', prefix: 3 },
    { treat: 'generalise', column: 'born', date: 'month' },
    { treat: 'generalise', column: 'income', step: 5000 },
    { treat: 'mask', column: 'score', keep: 1 },
  ]);
  expect(made).toMatchObject({
    dataset: 'people',
    version: 2,
    added: true,
    parent: { dataset: 'people', version: 1 },
  });
  const home = join(built.folder, 'home', 'config');
  const key = Buffer.from((await readFile(join(home, 'privacy-key-default.hex'), 'utf8')).trim(), 'hex');
  const pseudonym = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 16);
  expect(await rowsOf(built, 'people')).toEqual([
    {
      email: pseudonym('ada@example.org'),
      age: '18-39',
      zip: '958**',
      born: '1985-12',
      income: 50000n,
      score: '***5',
    },
    {
      email: pseudonym('bob@example.com'),
      age: '40-64',
      zip: '958**',
      born: '1971-03',
      income: 45000n,
      score: '***5',
    },
    {
      email: pseudonym('ada@example.org'),
      age: '65 and above',
      zip: '958**',
      born: '1946-01',
      income: null,
      score: '***5',
    },
  ]);
});

test('the key is the user’s alone: mode 0600, not in the workspace, and names give other pseudonyms', async () => {
  const built = await withPeople();
  const first = await treat(built, [{ treat: 'pseudonym', column: 'email' }], { name: 'a' });
  const again = await treat(built, [{ treat: 'pseudonym', column: 'email' }], { name: 'b' });
  const other = await treat(built, [{ treat: 'pseudonym', column: 'email', key: 'study-2' }], { name: 'c' });
  expect(again.snapshot.id).toBe(first.snapshot.id);
  expect(other.snapshot.id).not.toBe(first.snapshot.id);
  expect(other.keys[0]?.fingerprint).not.toBe(first.keys[0]?.fingerprint);
  const file = join(built.folder, 'home', 'config', 'privacy-key-default.hex');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const key = (await readFile(file, 'utf8')).trim();
  const names = await readdir(built.dir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of files) {
    const bytes = await readFile(path);
    expect(bytes.includes(key) || bytes.includes(Buffer.from(key, 'hex')), path).toBe(false);
  }
  await writeFile(file, 'damaged');
  await expect(treat(built, [{ treat: 'pseudonym', column: 'email' }])).rejects.toMatchObject({
    code: 'privacy-key-unusable',
  });
});

test('the record names the parent and the steps; the parent cannot go unnoticed', async () => {
  const built = await withPeople();
  const steps: TreatmentStep[] = [{ treat: 'pseudonym', column: 'email', key: 'default', length: 12 }];
  const made = await treat(built, steps, { name: 'safe' });
  const parent = await built.client.datasets.show({ dataset: 'people' });
  const { version } = await built.client.datasets.show({ dataset: 'safe' });
  expect(version.source?.treatment).toEqual({
    steps: [{ ...steps[0], fingerprint: made.keys[0]?.fingerprint }],
    parents: [{ dataset: 'people', version: 1, snapshot: parent.version.snapshot.id }],
  });
  const { edges } = await built.client.lineage.show({ id: 'safe' });
  expect(edges).toContainEqual({
    from: `snapshot:${parent.version.snapshot.id}`,
    to: `snapshot:${made.snapshot.id}`,
    how: 'treatment',
  });
  await expect(built.client.datasets.delete({ dataset: 'people' })).rejects.toMatchObject({
    code: 'dataset-in-use',
  });
  expect((await built.client.workspaces.verify({})).problems).toEqual([]);
});

test('noise: the same for the same seed, Laplace of the stated scale, within nothing that tells', async () => {
  const built = await buildTestApp();
  const path = join(built.folder, 'people.csv');
  const n = 10_000;
  // A fixed key, for the same noise every time.
  const config = join(built.folder, 'home', 'config');
  await mkdir(config, { recursive: true });
  await writeFile(join(config, 'privacy-key-default.hex'), `${'5a'.repeat(32)}\n`);
  await writeFile(
    path,
    `x,y\n${Array.from({ length: n }, (_, i) => `${i % 2 ? 900 : 40.5},${i}`).join('\n')}\n`,
  );
  await built.client.datasets.import({ path });
  const step = { treat: 'noise', column: 'x', epsilon: 2, low: 0, high: 100 } as const;
  const first = await treat(built, [step], { name: 'a' });
  expect((await treat(built, [step], { name: 'b' })).snapshot.id).toBe(first.snapshot.id);
  const other = await treat(built, [{ ...step, seed: 1 }], { name: 'c' });
  expect(other.snapshot.id).not.toBe(first.snapshot.id);
  const { table } = await built.app.dispatch('datasets.query', { sql: 'SELECT x FROM a', limit: n });
  const values = Array.from(tableFromIPC(table).getChild('x')!, Number);
  // What lies beyond the bounds is cut to them first.
  const noise = values.map((value, i) => value - (i % 2 ? 100 : 40.5));
  const mean = noise.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = noise.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  // Scale b = 100 / 2: standard error of the mean b·√2/√n, of the mean deviation b/√n.
  expect(Math.abs(mean)).toBeLessThan((4 * 50 * Math.SQRT2) / Math.sqrt(values.length));
  expect(Math.abs(spread - 50)).toBeLessThan((4 * 50) / Math.sqrt(values.length));
});

test.each<[TreatmentStep | object, string]>([
  [{ treat: 'drop', column: 'nobody' }, 'there is no column "nobody" in the dataset'],
  [{ treat: 'generalise', column: 'age' }, 'it must say just one of bands, prefix, date and step'],
  [{ treat: 'generalise', column: 'age', bands: 10, prefix: 1 }, 'it must say just one of'],
  [{ treat: 'generalise', column: 'name', bands: 10 }, 'bands are of numbers'],
  [{ treat: 'generalise', column: 'age', date: 'year' }, 'it holds no dates'],
  [{ treat: 'generalise', column: 'age', bands: [40, 20] }, 'the edges of bands must rise'],
  [{ treat: 'noise', column: 'name', epsilon: 1, low: 0, high: 1 }, 'noise is for numbers'],
  [{ treat: 'noise', column: 'age', epsilon: 1, low: 5, high: 5 }, 'high must be above low'],
  [{ treat: 'noise', column: 'age', epsilon: 0, low: 0, high: 1 }, 'epsilon'],
  [{ treat: 'shuffle', column: 'age' }, 'steps.0'],
])('%o is refused and nothing is kept', async (step, words) => {
  const built = await withPeople();
  await expect(treat(built, [step as TreatmentStep])).rejects.toThrow(words);
  expect((await built.client.datasets.show({ dataset: 'people' })).versions).toHaveLength(1);
});

test('a table must keep a column', async () => {
  const built = await withPeople();
  const steps = people
    .split('\n')[0]!
    .split(',')
    .map((column) => ({ treat: 'drop' as const, column }));
  await expect(treat(built, steps)).rejects.toMatchObject({ code: 'treatment-leaves-nothing' });
});
