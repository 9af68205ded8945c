import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../../preload/contract/errors.ts';
import { pax, rawEntry, rawTar, type RawEntry } from '../testing/raw-tar.ts';
import { createEntryNames } from './entry-names.ts';
import { unpackLayer } from './unpack.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-hostile-'));
  const made = folder;
  onTestFinished(() => rm(made, { recursive: true, force: true }));
});

/** Unpacks into `folder/in/target`; `folder` is then looked through for anything that got out. */
async function unpack(archive: Uint8Array, compressed = false): Promise<void> {
  const target = join(folder, 'in', 'target');
  await mkdir(target, { recursive: true });
  await writeFile(join(folder, 'layer'), archive);
  await unpackLayer(join(folder, 'layer'), compressed, target, createEntryNames());
}

async function failed(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it should have been refused');
    },
    (error: Failure) => error,
  );
}

/** Everything outside the target, and whatever in it is neither file nor folder. */
async function escaped(): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .map((entry) => ({ path: join(entry.parentPath, entry.name).slice(folder.length + 1), entry }))
    .filter(({ path, entry }) => {
      if (path === 'in' || path === 'in/target' || path === 'layer') return false;
      return !path.startsWith('in/target/') || !(entry.isFile() || entry.isDirectory());
    })
    .map(({ path }) => path);
}

const good: RawEntry = { name: 'model.onnx', body: 'good' };
const evil = 'evil';

const cases: readonly (readonly [string, readonly RawEntry[], string])[] = [
  ['../', [{ name: '../x', body: evil }], 'it leads outside'],
  ['../ in the middle', [{ name: 'a/../../x', body: evil }], 'it leads outside'],
  ['../ that stays inside', [{ name: 'a/../x', body: evil }], 'it leads outside'],
  ['..', [{ name: '..', body: evil }], 'it leads outside'],
  ['a folder ..', [{ name: '../', type: '5' }], 'it leads outside'],
  ['.', [{ name: '.', type: '5' }], 'it is not written in its plain form'],
  ['./x', [{ name: './x', body: evil }], 'it is not written in its plain form'],
  ['a//x', [{ name: 'a//x', body: evil }], 'it is not written in its plain form'],
  ['an absolute path', [{ name: '/tmp/x', body: evil }], 'it is an absolute path'],
  ['two slashes', [{ name: '//server/share/x', body: evil }], 'it is an absolute path'],
  ['backslashes', [{ name: '..\\..\\x', body: evil }], 'it holds a backslash'],
  ['one backslash', [{ name: 'a\\x', body: evil }], 'it holds a backslash'],
  ['a drive', [{ name: 'C:x', body: evil }], 'it names a drive'],
  ['a drive with a slash', [{ name: 'c:/x', body: evil }], 'it names a drive'],
  ['a stream of NTFS', [{ name: 'model.onnx:hidden', body: evil }], 'it holds a character that not every system allows'],
  ['../ in a prefix', [{ name: 'x', prefix: '../..', body: evil }], 'it leads outside'],
  ['an absolute prefix', [{ name: 'x', prefix: '/tmp', body: evil }], 'it is an absolute path'],
  ['../ in an extended name', [pax({ path: '../x' }), { name: 'ok', body: evil }], 'it leads outside'],
  ['an absolute extended name', [pax({ path: '/tmp/x' }), { name: 'ok', body: evil }], 'it is an absolute path'],
  ['NUL in an extended name', [pax({ path: 'a\0../x' }), { name: 'ok', body: evil }], 'it holds a NUL character'],
  ['../ in a global name', [pax({ path: '../x' }, 'g'), pax({ mtime: '1' }), { name: 'ok', body: evil }], 'it leads outside'],
  ['../ in a long name of GNU', [{ name: '././@LongLink', type: 'L', body: '../x\0' }, { name: 'ok', body: evil }], 'it leads outside'],
  ['a symbolic link', [{ name: 'link', type: '2', link: '/etc' }], 'it is a symlink, not a plain file'],
  ['a file through a symbolic link', [{ name: 'd', type: '2', link: '../..' }, { name: 'd/x', body: evil }], 'it is a symlink, not a plain file'],
  ['a hard link', [good, { name: 'link', type: '1', link: 'model.onnx' }], 'it is a link, not a plain file'],
  ['a hard link to the outside', [{ name: 'link', type: '1', link: '/etc/passwd' }], 'it is a link, not a plain file'],
  ['a file with a link target', [{ name: 'x', link: '/etc/passwd', body: evil }], 'it names a target, as only links do'],
  ['a link target in extended form', [pax({ linkpath: '/etc/passwd' }), { name: 'x', body: evil }], 'it names a target'],
  ['a character device', [{ name: 'null', type: '3' }], 'it is a character-device, not a plain file'],
  ['a block device', [{ name: 'sda', type: '4' }], 'it is a block-device, not a plain file'],
  ['a pipe', [{ name: 'pipe', type: '6' }], 'it is a fifo, not a plain file'],
  ['a contiguous file', [{ name: 'x', type: '7', body: evil }], 'it is a contiguous-file, not a plain file'],
  ['a sparse file of GNU', [{ name: 'x', type: 'S', body: evil }], 'it is a special entry, not a plain file'],
  ['a type that nobody knows', [{ name: 'x', type: 'Z', body: evil }], 'it is a special entry, not a plain file'],
  ['a sparse file in extended form', [pax({ 'GNU.sparse.major': '1' }), { name: 'x', body: evil }], 'it has the extended attribute "GNU.sparse.major"'],
  ['file capabilities', [pax({ 'SCHILY.xattr.security.capability': 'x' }), { name: 'x', body: evil }], 'it has the extended attribute'],
  ['the same file twice', [good, good], 'it is there twice'],
  ['a file where a folder is', [{ name: 'a/x', body: evil }, { name: 'a', body: evil }], 'it is there twice'],
  ['a file as a folder', [{ name: 'a', body: evil }, { name: 'a/x', body: evil }], '"a" is a file'],
  ['names that differ in case', [good, { name: 'Model.ONNX', body: evil }], '"model.onnx" is the same name on some systems'],
  ['folders that differ in case', [{ name: 'data/x', body: evil }, { name: 'Data/y', body: evil }], '"data" is the same name on some systems'],
  ['names that differ in composition', [{ name: 'caf\u00e9', body: evil }, { name: 'cafe\u0301', body: evil }], 'is the same name on some systems'],
  ['names that differ in a long s', [{ name: 'sig', body: evil }, { name: '\u017fig', body: evil }], 'is the same name on some systems'],
  ['a device of Windows', [{ name: 'aux', body: evil }], '"aux" is a device on some systems'],
  ['a device with an ending', [{ name: 'a/COM1.txt', body: evil }], '"COM1.txt" is a device on some systems'],
  ['a dot at the end', [{ name: 'a./x', body: evil }], 'a part of it ends with a dot or space'],
  ['a space at the end', [{ name: 'x ', body: evil }], 'a part of it ends with a dot or space'],
  ['a control character', [{ name: 'a\u001b[2Jx', body: evil }], 'it holds a character that not every system allows'],
  ['text turned around', [{ name: 'txt\u202eexe.x', body: evil }], 'it holds a character that not every system allows'],
  ['a broken encoding', [{ name: Uint8Array.of(0x61, 0xff, 0xfe), body: evil }], 'it holds a character that not every system allows'],
  ['no name', [{ name: '', body: evil }], 'it has no name'],
  ['a name longer than any system takes', [pax({ path: `a/${'x'.repeat(256)}` }), { name: 'ok', body: evil }], 'a part of it is longer than 255 bytes'],
  ['a path longer than any system takes', [pax({ path: 'ab/'.repeat(400) + 'x' }), { name: 'ok', body: evil }], 'it is longer than 1000 bytes'],
  ['folders in folders in folders', [pax({ path: 'a/'.repeat(40) + 'x' }), { name: 'ok', body: evil }], 'it is deeper than 32 folders'],
  ['a folder with contents', [{ name: 'd', type: '5', size: 512, body: 'x'.repeat(512) }], 'it is a folder with contents of its own'],
  ['more bytes promised than there are', [{ name: 'x', size: 1_000_000, body: evil }], 'the archive is broken: unexpected end of data'],
  ['a size of 8 EiB', [{ name: 'x', size: Uint8Array.of(0x80, 0, 0, 0, 0x7f, 255, 255, 255, 255, 255, 255, 255), body: evil }], 'the archive is broken'],
  ['a negative size', [{ name: 'x', size: Uint8Array.of(0xff, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0), body: evil }], 'the archive is broken'],
  ['a negative size in extended form', [pax({ size: '-5' }), { name: 'x', body: evil }], 'the archive is broken'],
  ['a size that is no number', [pax({ size: 'many' }), { name: 'x', body: evil }], 'the archive is broken'],
  ['a wrong checksum', [{ name: 'x', body: evil, checksum: '000000\0 ' }], 'the archive is broken: invalid tar header'],
  ['no tar magic', [{ name: 'x', body: evil, magic: 'hello\0xx' }], 'the archive is broken: invalid tar header'],
  ['an extended header of 5 MB', [{ name: 'PaxHeader', type: 'x', body: 'x'.repeat(5_000_000) }, good], 'the archive is broken'],
]; // prettier-ignore

test.each(cases)('%s is refused, and not a byte gets out', async (_what, entries, words) => {
  const failure = await failed(unpack(rawTar(...entries)));
  expect(failure).toMatchObject({ code: 'archive-refused' });
  expect(failure.message).toContain(words);
  expect(await escaped()).toEqual([]);
});

test('what comes after a good file is refused all the same', async () => {
  expect(await failed(unpack(rawTar(good, { name: '../x', body: evil })))).toMatchObject({
    code: 'archive-refused',
  });
  expect(await escaped()).toEqual([]);
});

test('what comes after the end of the archive is refused all the same', async () => {
  const hidden = Buffer.concat([rawTar(good), rawTar({ name: '../x', body: evil })]);
  expect(await failed(unpack(hidden))).toMatchObject({ code: 'archive-refused' });
  expect(await escaped()).toEqual([]);
});

test('an archive cut anywhere is refused, never half accepted', async () => {
  const whole = Buffer.concat([
    rawEntry({ name: 'a', body: 'x'.repeat(1000) }),
    rawEntry({ name: 'b', body: 'y'.repeat(700) }),
  ]);
  for (const length of [1, 100, 511, 513, 1000, 1535, 1537, 2047, 2100, 2560]) {
    await rm(join(folder, 'in'), { recursive: true, force: true });
    expect(await failed(unpack(whole.subarray(0, length))), `${length} bytes`).toMatchObject({
      code: 'archive-refused',
    });
  }
});

const names = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `f${index}` }));

test('10,001 entries are refused, 10,000 are not', async () => {
  await unpack(rawTar(...names(10_000)));
  await rm(join(folder, 'in'), { recursive: true, force: true });
  const failure = await failed(unpack(rawTar(...names(10_001))));
  expect(failure.message).toContain('there are more than 10000 entries');
}, 60_000);

test('a bomb is stopped at a hundred times its size', async () => {
  const bomb = gzipSync(rawTar({ name: 'x', body: Buffer.alloc(20_000_000) }));
  const failure = await failed(unpack(bomb, true));
  expect(failure.message).toContain('it unpacks to more than 100 times its size');
  expect(await escaped()).toEqual([]);
});

test.each([
  ['not gzip', Buffer.from('hello')],
  ['gzip cut short', gzipSync(rawTar(good)).subarray(0, 40)],
  ['gzip with a wrong sum', Buffer.concat([gzipSync(rawTar(good)).subarray(0, -8), Buffer.alloc(8)])],
])('%s is refused', async (_what, bytes) => {
  expect(await failed(unpack(bytes, true))).toMatchObject({ code: 'archive-refused' });
});

test('set-user-id bits and odd modes are not taken over', async () => {
  await unpack(rawTar({ name: 'x', body: 'x', mode: '0006777\0' }));
  const [entry] = await readdir(join(folder, 'in', 'target'));
  expect((await stat(join(folder, 'in', 'target', entry ?? ''))).mode & 0o7777).toBe(0o644);
});

test('plain archives, plain and compressed, are taken', async () => {
  const entries = [
    good,
    { name: 'data', type: '5' },
    { name: 'data/x', body: 'x'.repeat(600) },
    { name: 'new/made/y', body: '' },
  ];
  for (const compressed of [false, true]) {
    const bytes = rawTar(...entries);
    await unpack(compressed ? gzipSync(bytes) : bytes, compressed);
    const found = await readdir(join(folder, 'in', 'target'), { recursive: true });
    expect(found.toSorted()).toEqual(['data', 'data/x', 'model.onnx', 'new', 'new/made', 'new/made/y']);
    await rm(join(folder, 'in'), { recursive: true, force: true });
  }
});
