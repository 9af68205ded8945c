import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Client } from '../../preload/contract/client.ts';
import { buildTestApp, type TestApp } from '../testing/build-app.ts';
import { registryProgram, startDockerRegistry } from './testing/docker-registry.ts';
import { temporaryFolder } from './testing/fixtures.ts';

const sample = join(import.meta.dirname, '../../resources/samples/sacramento.csv');

/** The sender: Sacramento's house sales, a linear model, entered as house@1. */
async function sender(): Promise<TestApp & { run: string }> {
  const app = await buildTestApp();
  const path = join(app.folder, 'sacramento.csv');
  await copyFile(sample, path);
  await app.client.datasets.import({ path, name: 'sacramento' });
  const { run } = await app.client.training.run({ recipe: { target: 'price', family: 'linear' } });
  await app.client.registry.add({ run: run.id, name: 'house' });
  return { ...app, run: run.id };
}

async function journalled(client: Client): Promise<number> {
  return (await client.lineage.journal({})).records.length;
}

async function example(client: Client): Promise<Record<string, string | number | boolean | null>> {
  const { fields } = await client.registry.show({ model: 'house' });
  return Object.fromEntries(fields.map(({ name, example: value }) => [name, value]));
}

const places: readonly (readonly [string, () => Promise<string>])[] = [
  ['a folder', async () => `file:${join(await temporaryFolder(), 'stick')}`],
  [
    'a real registry',
    async () => {
      const registry = await startDockerRegistry();
      onTestFinished(() => registry.stop());
      return `oci://${registry.host}/team/house:v1`;
    },
  ],
];

test.each(places.filter(([name]) => name !== 'a real registry' || registryProgram))(
  'a model goes by %s to another workspace and is made again there',
  async (_name, place) => {
    const remote = await place();
    const from = await sender();
    const first = await from.client.remotes.push({ model: 'house', remote, withData: true });
    expect(first.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(first.skipped.blobs).toBe(0);
    const second = await from.client.remotes.push({ model: 'house@1', remote, withData: true });
    expect(second).toMatchObject({
      digest: first.digest,
      bundle: first.bundle,
      sent: { blobs: 0, bytes: 0 },
    });
    expect(second.skipped).toEqual(first.sent);
    expect(await readdir(join(from.dir, 'staging')).catch(() => [])).toEqual([]);
    const rows = [{ ...(await example(from.client)) }];
    const { predictions } = await from.client.registry.predict({ model: 'house', rows });

    // Another user: buildTestApp gives a home, and so a key, of its own.
    const to = await buildTestApp();
    const before = await journalled(to.client);
    const unknown = await to.client.remotes.pull({ remote }).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ code: 'bundle-signer-unknown' });
    expect(await journalled(to.client)).toBe(before);
    expect((await to.client.registry.list({})).models).toEqual([]);

    const pulled = await to.client.remotes.pull({ remote, trust: 'Ann' });
    expect(pulled).toMatchObject({
      added: true,
      run: from.run,
      bundle: first.bundle,
      signer: { name: 'Ann' },
    });
    expect(pulled.model).toMatchObject({ name: 'house', version: 1, stage: 'candidate' });
    expect((await to.client.registry.predict({ model: 'house', rows })).predictions).toEqual(predictions);
    expect((await to.client.workspaces.verify({})).problems).toEqual([]);

    const after = await journalled(to.client);
    expect(await to.client.remotes.pull({ remote })).toEqual({ ...pulled, added: false });
    expect(await journalled(to.client)).toBe(after);
    expect(await readdir(join(to.dir, 'staging')).catch(() => [])).toEqual([]);

    const { remotes } = await to.client.remotes.list({});
    expect(remotes).toMatchObject([{ direction: 'pull', model: 'house@1', digest: first.digest }]);
    const { nodes } = await to.client.lineage.show({ id: 'house@1' });
    expect(nodes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['remote', 'bundle', 'model', 'run', 'snapshot']),
    );
    expect(await to.client.lineage.reproduce({ run: pulled.run })).toMatchObject({
      verdict: 'identical',
      differences: [],
    });
  },
  120_000,
);
