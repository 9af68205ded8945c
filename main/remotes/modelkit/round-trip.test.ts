import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { packKit, parseManifest, unpackKit, type KitLabels, type PackedKit } from './index.ts';
import { sampleBundle, writeFiles } from '../testing/sample-bundle.ts';

const labels: KitLabels = {
  title: 'house',
  version: '2',
  created: '2026-01-02T03:04:05.000Z',
  packer: '0.1.0',
};
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-kit-'));
  const made = folder;
  onTestFinished(() => rm(made, { recursive: true, force: true }));
});

async function contents(dir: string): Promise<Record<string, string>> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const pairs = await Promise.all(
    found.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const value = entry.isFile()
        ? createHash('sha256')
            .update(await readFile(path))
            .digest('hex')
        : 'folder';
      return [path.slice(dir.length + 1), value] as const;
    }),
  );
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function unpack(kit: PackedKit, target: string): Promise<void> {
  const manifest = parseManifest(kit.manifest, 'test');
  const files = new Map(kit.blobs.map(({ blob, file }) => [blob.digest, file]));
  await unpackKit(manifest, 'test', (digest) => files.get(digest) ?? '', target);
}

test('every file of a bundle comes back byte for byte, Kitfile and signature included', async () => {
  const bundle = join(folder, 'bundle');
  await writeFiles(bundle, sampleBundle());
  await unpack(await packKit(bundle, join(folder, 'kit'), labels), join(folder, 'back'));
  const back = await contents(join(folder, 'back'));
  expect(back).toEqual(await contents(bundle));
  expect(Object.keys(back)).toContain('model.sig');
});

test('files go to the layer of the Kitfile entry that holds them, all others to the model', async () => {
  const bundle = join(folder, 'bundle');
  await writeFiles(bundle, sampleBundle());
  const { manifest, blobs } = await packKit(bundle, join(folder, 'kit'), labels);
  expect(blobs.map(({ blob }) => blob.mediaType)).toEqual([
    'application/vnd.kitops.modelkit.config.v1+json',
    'application/vnd.kitops.modelkit.model.v1.tar',
    'application/vnd.kitops.modelkit.modelpart.v1.tar',
    'application/vnd.kitops.modelkit.dataset.v1.tar',
    'application/vnd.kitops.modelkit.docs.v1.tar',
  ]);
  const listing = await Promise.all(blobs.slice(1).map(async ({ file }) => namesIn(await readFile(file))));
  expect(listing).toEqual([
    ['MLmodel', 'lineage.json', 'model.onnx', 'model.sig', 'native', 'native/empty', 'recipe.yaml'],
    ['golden.json'],
    [
      'data',
      'data/train.arrow',
      'data/ünïcode and spaces.arrow',
      `data/${'long-'.repeat(30)}`,
      `data/${'long-'.repeat(30)}/x.arrow`,
    ].toSorted(),
    ['README.md'],
  ]);
  const config: unknown = JSON.parse(await readFile(blobs[0]?.file ?? '', 'utf8'));
  expect(config).toMatchObject({
    manifestVersion: '1.0.0',
    model: {
      path: '.',
      digest: blobs[1]?.blob.digest,
      diffId: blobs[1]?.blob.digest,
      parts: [{ digest: blobs[2]?.blob.digest }],
    },
    datasets: [{ digest: blobs[3]?.blob.digest }],
    docs: [{ digest: blobs[4]?.blob.digest }],
  });
  expect(JSON.parse(new TextDecoder().decode(manifest))).toMatchObject({
    annotations: {
      'org.opencontainers.image.title': 'house',
      'org.opencontainers.image.created': '2026-01-02T03:04:05.000Z',
    },
  });
});

test('the same bundle gives the same manifest, wherever and whenever it is packed', async () => {
  const digests = new Set<string>();
  for (const name of ['one', 'two']) {
    const bundle = join(folder, name);
    const files = Object.entries(sampleBundle());
    await writeFiles(bundle, Object.fromEntries(name === 'one' ? files : files.toReversed()));
    digests.add((await packKit(bundle, join(folder, `${name}-kit`), labels)).digest);
  }
  // Fixed from the first run on: a change here means that every bundle in every registry would be sent again.
  expect([...digests]).toEqual(['sha256:1619da1b56e329f2f47832d627fc84a8dbc6ffaf2aa9681bfbe494dcdec75d63']);
});

test('headers are those of kit: no times, uid 1000, gid 0, no names', async () => {
  const bundle = join(folder, 'bundle');
  await writeFiles(bundle, sampleBundle());
  const { blobs } = await packKit(bundle, join(folder, 'kit'), labels);
  const tar = await readFile(blobs[1]?.file ?? '');
  const field = (start: number, length: number) =>
    tar
      .subarray(start, start + length)
      .toString('latin1')
      .replaceAll(/[\0 ]+$/g, '');
  expect({ name: field(0, 100), mode: field(100, 8), uid: field(108, 8), gid: field(116, 8), mtime: field(136, 12), uname: field(265, 32) }).toEqual({
    name: 'MLmodel', mode: '000644', uid: '001750', gid: '000000', mtime: '00000000000', uname: '',
  }); // prettier-ignore
});

test('a bundle with a link in it is not packed', async () => {
  const bundle = join(folder, 'bundle');
  await writeFiles(bundle, sampleBundle());
  await symlink('/etc/hostname', join(bundle, 'native', 'link'));
  await expect(packKit(bundle, join(folder, 'kit'), labels)).rejects.toMatchObject({
    code: 'archive-refused',
    message:
      'the archive holds "native/link", which was refused: only plain files and folders go into a bundle; nothing of it was used',
  });
});

test.each([
  ['no model', 'manifestVersion: 1.0.0\n', 'its Kitfile has a wrong model'],
  [
    'a key that kit refuses',
    'manifestVersion: 1.0.0\nmodel: {path: .}\nmetrics: 1\n',
    'its Kitfile has a wrong form: Unrecognized key',
  ],
  [
    'a number for text',
    'manifestVersion: 1.0.0\nmodel: {path: ., version: 2}\n',
    'its Kitfile has a wrong model.version',
  ],
  [
    'a path that escapes',
    'manifestVersion: 1.0.0\nmodel: {path: ../x}\n',
    'its Kitfile names the path "../x": it leads outside',
  ],
  ['no YAML', 'a: [', 'its Kitfile is not YAML'],
  ['an alias bomb', 'a: &a [1]\nb: [*a, *a]\n', 'its Kitfile'],
])('a Kitfile with %s is refused', async (_what, kitfile, words) => {
  const bundle = join(folder, 'bundle');
  await writeFiles(bundle, { ...sampleBundle(), Kitfile: kitfile });
  await expect(packKit(bundle, join(folder, 'kit'), labels)).rejects.toThrow(words);
});

test('a cancelled packing ends at once and leaves no half layer', async () => {
  const bundle = join(folder, 'bundle');
  await writeFiles(bundle, sampleBundle());
  await mkdir(join(folder, 'kit'));
  const signal = AbortSignal.abort(new Error('stop'));
  await expect(packKit(bundle, join(folder, 'kit'), labels, { signal })).rejects.toThrow('stop');
  expect(await readdir(join(folder, 'kit'))).toEqual([]);
});

/** Names in a plain archive, read without the library under test. */
function namesIn(tar: Buffer): string[] {
  const names: string[] = [];
  let long: string | undefined;
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const text = (start: number, length: number) =>
      tar
        .subarray(at + start, at + start + length)
        .toString('utf8')
        .replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const body = tar.subarray(at + 512, at + 512 + size).toString('utf8');
    if (text(156, 1) === 'x') long = /path=(.*)\n/.exec(body)?.[1];
    else {
      const prefix = text(345, 155);
      names.push(long ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100)));
      long = undefined;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return names;
}
