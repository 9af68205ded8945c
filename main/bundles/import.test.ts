import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-app.ts';

const table = [
  'price,size,city',
  ...Array.from(
    { length: 90 },
    (_, i) => `${1000 + ((i * 37) % 50) * 20 + i},${(i * 37) % 50},${['A', 'B', ''][i % 3]}`,
  ),
].join('\n');

let test: TestApp;
let remote = '';
let plain = '';
let full = '';

/** Each test begins in a second workspace; the first one has pushed its model with and without data. */
beforeEach(async () => {
  test = await buildTestApp();
  const { client, folder } = test;
  const path = join(folder, 'houses.csv');
  await writeFile(path, table);
  await client.datasets.import({ path, name: 'houses' });
  const { run } = await client.training.run({ recipe: { target: 'price', family: 'linear' } });
  await client.registry.add({ run: run.id, name: 'houses', notes: 'first' });
  remote = `file:${join(folder, 'stick')}`;
  plain = (await client.remotes.push({ model: 'houses', remote: `${remote}:plain` })).bundle;
  full = (await client.remotes.push({ model: 'houses', remote: `${remote}:full`, withData: true })).bundle;
  await client.workspaces.create({ dir: join(folder, 'second'), name: 'second' });
});

/** Every row of every table of record, and the objects. */
const everything = async ({ client }: TestApp) => ({
  counts: (await client.workspaces.info({})).workspace.counts,
  journal: (await client.workspaces.info({})).workspace.journal.records,
});

describe('a pulled bundle', () => {
  it('brings model, run, recipe and data; a second pull adds nothing', async () => {
    const { client, folder } = test;
    const first = await client.remotes.pull({ remote: `${remote}:full` });
    expect(first).toMatchObject({
      added: true,
      bundle: full,
      model: { name: 'houses', version: 1, notes: 'first' },
    });
    const before = await everything(test);
    expect(before.counts).toMatchObject({ datasets: 1, snapshots: 1, runs: 1, models: 1 });
    const again = await client.remotes.pull({ remote: `${remote}:full` });
    expect(again).toEqual({ ...first, added: false });
    expect(await everything(test)).toEqual(before);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
    const { dataset } = await client.datasets.show({ dataset: 'houses' });
    expect(dataset).toBe('houses');
    const { verdict } = await client.lineage.reproduce({ run: first.run });
    expect(verdict).toBe('identical');
    const exported = await client.bundles.export({
      model: 'houses',
      dir: join(folder, 'again'),
      withData: true,
    });
    expect(exported.bundle.digest).toBe(full);
    const { environment } = await client.training.show({ run: first.run });
    expect(environment?.cores).toBeGreaterThan(0);
    expect((await client.lineage.audit({ id: 'houses' })).audit.environment).toEqual(environment);
    const card = await readFile(join(folder, 'again', 'MODEL_CARD.md'), 'utf8');
    expect(card).toMatch(/\| machine \| .*; \d+ of \d+ cores; \d+ GB \|/);
  });

  it('whose split inherits from a version that is not inside is made again by the split it brings', async () => {
    const { client, folder } = test;
    await client.workspaces.open({ dir: join(folder, 'workspace') });
    const { runs } = await client.training.list({});
    await writeFile(join(folder, 'houses.csv'), `${table}\n2500,31,A\n1800,12,B\n`);
    await client.datasets.import({ path: join(folder, 'houses.csv'), name: 'houses' });
    const { run } = await client.training.run({
      recipe: { target: 'price', family: 'tree', split: { inherit: runs[0]!.id } },
    });
    await client.registry.add({ run: run.id, name: 'later' });
    await client.remotes.push({ model: 'later', remote: `${remote}:later`, withData: true });
    await client.workspaces.create({ dir: join(folder, 'third') });
    const pulled = await client.remotes.pull({ remote: `${remote}:later` });
    expect((await client.lineage.reproduce({ run: pulled.run })).verdict).toBe('identical');
  });

  it('of a combination holds all its models, and comes out as it went in', async () => {
    const { client, folder } = test;
    await client.workspaces.open({ dir: join(folder, 'workspace') });
    const { runs } = await client.training.list({});
    const { run: tree } = await client.training.run({ recipe: { target: 'price', family: 'tree' } });
    const pair = [runs[0]!.id, tree.id];
    const { run } = await client.training.combine({ runs: pair, weights: [1, 3] });
    await client.registry.add({ run: run.id, name: 'both' });
    const { audit } = await client.lineage.audit({ id: 'both', html: true });
    expect(audit.members.map((member) => member.run)).toEqual(pair);
    const sent = await client.remotes.push({ model: 'both', remote: `${remote}:both`, withData: true });
    await client.workspaces.open({ dir: join(folder, 'second') });
    await client.remotes.pull({ remote: `${remote}:both` });
    const dir = join(folder, 'both');
    const { bundle } = await client.bundles.export({ model: 'both', dir, withData: true });
    expect(bundle.digest).toBe(sent.bundle);
    const card = await readFile(join(dir, 'MODEL_CARD.md'), 'utf8');
    expect(card).toContain('An ensemble model (regression)');
    expect(card).toMatch(/\| model 2 \| tree \| [0-9a-f]{64} \| 0\.75 \|/);
    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  it('without data predicts, leaves again as the same bundle, and waits for its data', async () => {
    const { client, folder } = test;
    const { run } = await client.remotes.pull({ remote: `${remote}:plain` });
    const before = await everything(test);
    expect(before.counts).toMatchObject({ datasets: 0, snapshots: 0, runs: 1, models: 1 });
    expect((await client.workspaces.verify({})).problems).toEqual([]);
    const rows = [{ size: 12, city: 'A' }];
    expect((await client.registry.predict({ model: 'houses', rows })).predictions).toHaveLength(1);
    const { bundle } = await client.bundles.export({ model: 'houses', dir: join(folder, 'plain') });
    expect(bundle.digest).toBe(plain);
    await expect(
      client.bundles.export({ model: 'houses', dir: join(folder, 'x'), withData: true }),
    ).rejects.toMatchObject({ code: 'bundle-data-not-here' });
    expect((await client.remotes.pull({ remote: `${remote}:full` })).added).toBe(true);
    expect((await everything(test)).counts).toMatchObject({ datasets: 1, snapshots: 1, runs: 1, models: 1 });
    expect((await client.lineage.reproduce({ run })).verdict).toBe('identical');
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  it('is entered under the next free version where the name is taken', async () => {
    const { client, folder } = test;
    const path = join(folder, 'other.csv');
    await writeFile(path, table.replace('1000', '1001'));
    await client.datasets.import({ path, name: 'houses' });
    const { run } = await client.training.run({ recipe: { target: 'size', family: 'linear' } });
    await client.registry.add({ run: run.id, name: 'houses' });
    const { model } = await client.remotes.pull({ remote: `${remote}:full` });
    expect(model).toMatchObject({ name: 'houses', version: 2, origin: 'file:stick:full' });
    const { versions } = await client.datasets.show({ dataset: 'houses' });
    expect(new Set(versions.map(({ version }) => version))).toEqual(new Set([1, 2]));
    expect((await client.training.show({ run: model.run })).run).toMatchObject({
      dataset: 'houses',
      version: 2,
    });
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  it('of an unknown signer is taken only under a name', async () => {
    const { client, folder } = test;
    process.env['HOLDFAST_HOME'] = join(folder, 'someone-else');
    const before = await everything(test);
    await expect(client.remotes.pull({ remote: `${remote}:plain` })).rejects.toMatchObject({
      code: 'bundle-signer-unknown',
    });
    expect(await everything(test)).toEqual(before);
    const { signer } = await client.remotes.pull({ remote: `${remote}:plain`, trust: 'Ana' });
    expect(signer.name).toBe('Ana');
    expect((await client.bundles.keys({})).trusted).toEqual([signer]);
  });
});
