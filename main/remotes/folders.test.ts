import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Failure } from '../../preload/contract/errors.ts';
import { packKit, type PackedKit } from './modelkit/index.ts';
import { openRemote } from './open-remote.ts';
import { labels, sampleKit, temporaryFolder, testContext } from './testing/fixtures.ts';
import { pullKit, pushKit, type PushResult } from './transfer.ts';

let folder = '';
let stick = '';
let kit: PackedKit;

beforeEach(async () => {
  folder = await temporaryFolder();
  stick = join(folder, 'stick');
  kit = await sampleKit(folder);
});

const open = (tag?: string, name = 'stick') => openRemote(`file:${name}`, { ...testContext(folder), tag });
const push = (what = kit, tag?: string, alias = 'house-v2'): Promise<PushResult> =>
  pushKit(open(tag), what, alias, {});
let pulls = 0;
const pull = (tag?: string) => pullKit(open(tag), join(folder, `work-${++pulls}`), {});

async function otherKit(): Promise<PackedKit> {
  await writeFile(join(folder, 'bundle', 'recipe.yaml'), 'target: price\nfamily: network\n');
  return packKit(join(folder, 'bundle'), join(folder, 'kit-2'), { ...labels, version: '3' });
}

async function failed(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it should have failed');
    },
    (error: Failure) => error,
  );
}

async function state(): Promise<Record<string, number>> {
  const found = await readdir(stick, { recursive: true, withFileTypes: true });
  const pairs = await Promise.all(
    found
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const { mtimeMs, ino } = await stat(path);
        return [path.slice(stick.length + 1), mtimeMs * 1000 + ino] as const;
      }),
  );
  return Object.fromEntries(pairs);
}

test('it is an OCI image layout, and the second push does not touch a file', async () => {
  await push();
  expect(JSON.parse(await readFile(join(stick, 'oci-layout'), 'utf8'))).toEqual({
    imageLayoutVersion: '1.0.0',
  });
  const entry = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: kit.digest,
    size: kit.manifest.byteLength,
  };
  expect(JSON.parse(await readFile(join(stick, 'index.json'), 'utf8'))).toEqual({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: ['latest', 'house-v2'].map((tag) => ({
      ...entry,
      annotations: { 'org.opencontainers.image.ref.name': tag },
    })),
  });
  const before = await state();
  await push();
  expect(await state()).toEqual(before);
  expect(
    Object.keys(before).every((path) => /^(oci-layout|index\.json|blobs\/sha256\/[0-9a-f]{64})$/.test(path)),
  ).toBe(true);
});

test('several kits live side by side; the newest is `latest`, each has its own tag', async () => {
  await push();
  const other = await otherKit();
  expect(await push(other, undefined, 'house-v3')).toMatchObject({
    skipped: { blobs: 3 },
    sent: { blobs: 2 },
  });
  expect((await pull()).digest).toBe(other.digest);
  expect((await pull('house-v2')).digest).toBe(kit.digest);
  expect((await pull('house-v3')).digest).toBe(other.digest);
  await push(kit, 'prod');
  expect((await pull('prod')).digest).toBe(kit.digest);
  expect((await failed(pull('nope'))).message).toBe(
    `there is nothing at file:${stick} (nope); tags there: house-v2, latest, house-v3, prod`,
  );
});

test('pushes at the same time lose no tag', async () => {
  await push();
  await Promise.all(Array.from({ length: 12 }, (_, index) => push(kit, `t${index}`)));
  expect(JSON.parse(await readFile(join(stick, 'index.json'), 'utf8'))).toMatchObject({
    manifests: { length: 14 },
  });
  expect(await readdir(stick)).not.toContain('.index.lock');
});

test('bits lost on the stick are named on pull and healed by a push', async () => {
  await push();
  const { blob } = kit.blobs[3] ?? { blob: { digest: '' } };
  const path = join(stick, 'blobs', 'sha256', blob.digest.slice(7));
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(2000) ^ 4, 2000);
  await writeFile(path, bytes);
  expect(await failed(pull())).toMatchObject({
    code: 'remote-damaged',
    details: { part: `the blob ${blob.digest}` },
  });
  expect(await push()).toMatchObject({ sent: { blobs: 1 }, skipped: { blobs: kit.blobs.length - 1 } });
  expect((await pull()).digest).toBe(kit.digest);
  await rm(path);
  expect((await failed(pull())).message).toContain(
    `the blob ${blob.digest} from file:${stick} is damaged: it is missing`,
  );
});

test.each<readonly [string, (path: string) => Promise<unknown>, string]>([
  ['not JSON', (path) => writeFile(path, '{'), 'it does not read as what it should be'],
  [
    'of another form',
    (path) => writeFile(path, '{"schemaVersion":1}'),
    'it does not read as what it should be',
  ],
  ['huge', (path) => writeFile(path, Buffer.alloc(5_000_000)), 'it has 5000000 bytes'],
  ['a link', (path) => rm(path).then(() => symlink('/dev/zero', path)), 'it is not a plain file'],
  ['a folder', (path) => rm(path).then(() => mkdir(path)), 'it is not a plain file'],
])('an index that is %s is refused', async (_what, change, reason) => {
  await push();
  await change(join(stick, 'index.json'));
  expect(await failed(pull())).toMatchObject({
    code: 'remote-damaged',
    details: { part: 'index.json', reason },
  });
  expect(await failed(push(kit, 'x'))).toMatchObject({ code: 'remote-damaged' });
});

test('a manifest that is damaged, missing, or of a digest that is a path', async () => {
  await push();
  const path = join(stick, 'blobs', 'sha256', kit.digest.slice(7));
  await writeFile(path, Buffer.from(kit.manifest).fill(32, 0, 1));
  expect((await failed(pull())).message).toContain('the manifest from file:');
  await rm(path);
  expect((await failed(pull())).message).toContain('is damaged: it is missing');
  const index = await readFile(join(stick, 'index.json'), 'utf8');
  await writeFile(join(stick, 'index.json'), index.replaceAll(kit.digest, 'sha256:../../../../etc/passwd'));
  expect((await failed(pull())).message).toContain('"sha256:../../../../etc/passwd" is not a SHA-256 digest');
});

test('a folder of something else is left alone', async () => {
  await mkdir(stick);
  await writeFile(join(stick, 'index.json'), '{}');
  expect((await failed(push())).message).toBe(
    `"${stick}" cannot be used as a remote: it holds "index.json" of something else; name an empty or new folder`,
  );
  expect(await readdir(stick)).toEqual(['index.json']);
  await rm(stick, { recursive: true });
  await writeFile(stick, 'a file');
  expect((await failed(push())).message).toContain('cannot be used as a remote: it is a file');
});

test('a folder with files of the user stays as it is beside the layout', async () => {
  await mkdir(stick);
  await writeFile(join(stick, 'holiday.jpg'), 'x');
  await push();
  expect((await readdir(stick)).toSorted()).toEqual(['blobs', 'holiday.jpg', 'index.json', 'oci-layout']);
});

test('a layout of a version that nobody knows is refused', async () => {
  await push();
  await writeFile(join(stick, 'oci-layout'), '{"imageLayoutVersion":"2.0.0"}');
  expect((await failed(pull())).message).toContain('it is an OCI layout of version 2.0.0');
  expect((await failed(push())).message).toContain('it is an OCI layout of version 2.0.0');
});

test('a stick that is not plugged in is told, not made', async () => {
  const missing = open(undefined, join(folder, 'media', 'usb', 'models'));
  expect((await failed(pushKit(missing, kit, undefined, {}))).message).toBe(
    `"${join(folder, 'media', 'usb', 'models')}" can't be made, because there is no folder "${join(folder, 'media', 'usb')}"; is the stick plugged in? Nothing was written`,
  );
  expect(await failed(pullKit(missing, join(folder, 'work'), {}))).toMatchObject({
    code: 'remote-not-found',
  });
});

test('a push killed before it was named leaves nothing to pull, and the next one clears up after it', async () => {
  await push();
  await rm(join(stick, 'index.json'));
  expect(await failed(pull())).toMatchObject({ code: 'remote-not-found' });
  const left = join(stick, 'blobs', 'sha256', '.0123456789ab.tmp');
  const young = join(stick, 'blobs', 'sha256', '.ba9876543210.tmp');
  await writeFile(left, 'half');
  await writeFile(young, 'being written');
  await writeFile(join(stick, '.index.lock'), '');
  const long = new Date(Date.now() - 7_200_000);
  await utimes(left, long, long);
  await utimes(join(stick, '.index.lock'), long, long);
  await push();
  const names = await readdir(join(stick, 'blobs', 'sha256'));
  expect([names.includes('.0123456789ab.tmp'), names.includes('.ba9876543210.tmp')]).toEqual([false, true]);
  expect((await pull()).digest).toBe(kit.digest);
});

test('the only kit of a foreign layout is found without a tag', async () => {
  await push(kit, 'theirs');
  expect((await pull()).digest).toBe(kit.digest);
});
