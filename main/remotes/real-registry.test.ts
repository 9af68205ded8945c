import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PackedKit } from './modelkit/index.ts';
import { openRemote } from './open-remote.ts';
import type { RemoteContext } from './remote.ts';
import { registryProgram, startDockerRegistry, type DockerRegistry } from './testing/docker-registry.ts';
import { sampleKit, temporaryFolder, testContext } from './testing/fixtures.ts';
import { writeFiles } from './testing/sample-bundle.ts';
import { pullKit, pushKit } from './transfer.ts';

let folder = '';
let kit: PackedKit;

beforeEach(async () => {
  folder = await temporaryFolder();
  kit = await sampleKit(folder);
});

const context = (login?: { username: string; password: string }) => testContext(folder, login);

async function files(dir: string): Promise<Record<string, string>> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const plain = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = await Promise.all(
    plain.map(
      async (path) => [path.slice(dir.length + 1), (await readFile(path)).toString('base64')] as const,
    ),
  );
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Pushes twice and pulls through the given remote: what came of it, and what must. */
async function roundTrip(reference: string, remoteContext: RemoteContext): Promise<unknown> {
  const remote = openRemote(reference, remoteContext);
  const progress: number[] = [];
  const first = await pushKit(remote, kit, 'house-v2', { progress: (bytes) => progress.push(bytes) });
  const second = await pushKit(remote, kit, 'house-v2', {});
  const pulled = await pullKit(openRemote(reference, remoteContext), join(folder, 'work'), {});
  return {
    first,
    second,
    progress: progress.at(-1),
    digest: pulled.digest,
    files: await files(pulled.folder),
    left: await readdir(join(folder, 'work')),
  };
}

async function whole(): Promise<unknown> {
  const all = { blobs: 5, bytes: kit.blobs.reduce((sum, { blob }) => sum + blob.size, 0) };
  const none = { blobs: 0, bytes: 0 };
  return {
    first: { sent: all, skipped: none },
    second: { sent: none, skipped: all },
    progress: all.bytes,
    digest: kit.digest,
    files: await files(join(folder, 'bundle')),
    left: ['bundle'],
  };
}

describe.skipIf(!registryProgram)('docker-registry without a login', () => {
  let registry: DockerRegistry;
  beforeAll(async () => {
    registry = await startDockerRegistry();
  });
  afterAll(() => registry.stop());

  test('a kit comes back byte for byte, and what is there is not sent again', async () => {
    expect(await roundTrip(`oci://${registry.host}/team/house:v2`, context())).toEqual(await whole());
  });

  test('a pull by digest brings the same', async () => {
    await pushKit(openRemote(`oci://${registry.host}/by/digest`, context()), kit, undefined, {});
    const remote = openRemote(`oci://${registry.host}/by/digest@${kit.digest}`, context());
    expect((await pullKit(remote, join(folder, 'work'), {})).digest).toBe(kit.digest);
    await expect(pushKit(remote, kit, undefined, {})).rejects.toThrow(
      'a push goes to a tag, not to a digest',
    );
  });

  test('a tag that is not there is told with those that are', async () => {
    await pushKit(openRemote(`oci://${registry.host}/tags/x:v1`, context()), kit, undefined, {});
    const missing = openRemote(`oci://${registry.host}/tags/x:v9`, context());
    await expect(pullKit(missing, join(folder, 'work'), {})).rejects.toMatchObject({
      code: 'remote-not-found',
      message: `there is nothing at oci://${registry.host}/tags/x:v9; tags there: v1`,
    });
  });

  test('a repository that is not there is told as such', async () => {
    const missing = openRemote(`oci://${registry.host}/no/such`, context());
    await expect(pullKit(missing, join(folder, 'work'), {})).rejects.toMatchObject({
      code: 'remote-not-found',
      message: `there is nothing at oci://${registry.host}/no/such:latest; check repository and tag`,
    });
  });

  test('a blob that rotted on the registry is refused before anything reads it', async () => {
    const reference = `oci://${registry.host}/rotten/x`;
    await pushKit(openRemote(reference, context()), kit, undefined, {});
    const hex = kit.blobs[3]?.blob.digest.slice('sha256:'.length) ?? '';
    const path = join(registry.data, 'docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data');
    const bytes = await readFile(path);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await writeFiles('/', { [path.slice(1)]: bytes });
    await expect(pullKit(openRemote(reference, context()), join(folder, 'work'), {})).rejects.toMatchObject({
      code: 'remote-damaged',
      details: { part: `the blob sha256:${hex}` },
    });
    expect(await readdir(join(folder, 'work'))).toEqual(['blobs']);
    expect(await readdir(join(folder, 'work', 'blobs'))).not.toContain(hex);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await writeFiles('/', { [path.slice(1)]: bytes });
  });
});

describe.skipIf(!registryProgram)('docker-registry with a login', () => {
  // ann, correct-horse (bcrypt, cost 5, python bcrypt)
  const htpasswd = 'ann:$2a$05$daMnxRpoA8HG9ccz4opEN.KU7ZCTc2v09ARfsiVHSfArlwBpe/FOG\n';
  let registry: DockerRegistry;
  beforeAll(async () => {
    registry = await startDockerRegistry(htpasswd);
  });
  afterAll(() => registry.stop());

  test('with the right password everything goes as without', async () => {
    expect(
      await roundTrip(
        `oci://${registry.host}/team/house:v2`,
        context({ username: 'ann', password: 'correct-horse' }),
      ),
    ).toEqual(await whole());
  });

  test('without one, and with a wrong one, it says what to do and never the password', async () => {
    const reference = `oci://${registry.host}/team/x`;
    await expect(pushKit(openRemote(reference, context()), kit, undefined, {})).rejects.toMatchObject({
      code: 'remote-unauthorized',
      message: `${registry.host} wants a login; run \`holdfast remotes login ${registry.host}\`, or set HOLDFAST_REGISTRY_USER and HOLDFAST_REGISTRY_PASSWORD`,
    });
    const wrong = context({ username: 'ann', password: 'battery-staple' });
    const refused = await pushKit(openRemote(reference, wrong), kit, undefined, {}).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'remote-unauthorized', details: { user: 'ann' } });
    expect(JSON.stringify(refused) + String(refused)).not.toContain('battery-staple');
    await expect(readdir(join(registry.data, 'docker/registry/v2/repositories/team'))).resolves.not.toContain(
      'x',
    );
  });
});

describe('a folder', () => {
  test('keeps a kit as a registry does', async () => {
    expect(await roundTrip(`file:${join(folder, 'stick')}`, context())).toEqual(await whole());
    const layout = await readdir(join(folder, 'stick'));
    expect(layout.toSorted()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });
});
