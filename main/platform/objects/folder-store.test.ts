import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  adoptObjects,
  createObjectReader,
  createStagingWriter,
  listObjects,
  objectPath,
  sweepObjects,
} from './index.ts';

function store() {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-objects-'));
  const root = join(dir, 'objects');
  const staging = join(dir, 'staging');
  return { root, staging, reader: createObjectReader(root), writer: createStagingWriter(root, staging) };
}

test('an object is invisible until adopted, then readable by its SHA-256', async () => {
  const { root, staging, reader, writer } = store();
  const digest = await writer.put('test', Buffer.from('abc'));
  expect(digest).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'); // FIPS 180-2, B.1
  expect(reader.has(digest)).toBe(false);
  await adoptObjects(root, staging, writer.staged());
  expect(Buffer.from(await reader.get(digest)).toString()).toBe('abc');
  expect(readdirSync(staging)).toEqual([]);
});

test('one flipped bit is named before anyone sees the bytes, and putting the content again heals it', async () => {
  const { root, staging, reader, writer } = store();
  const digest = await writer.put('test', Buffer.from('abc'));
  await adoptObjects(root, staging, writer.staged());
  writeFileSync(objectPath(root, digest), 'abb');
  await expect(reader.get(digest)).rejects.toMatchObject({ code: 'object-damaged', details: { digest } });
  const again = createStagingWriter(root, staging);
  await again.put('test', Buffer.from('abc'));
  await adoptObjects(root, staging, again.staged());
  expect(Buffer.from(await reader.get(digest)).toString()).toBe('abc');
});

test('a missing object is named', async () => {
  const { reader } = store();
  await expect(reader.get('0'.repeat(64))).rejects.toMatchObject({ code: 'object-missing' });
});

test('what no record knows is swept, the rest stays', async () => {
  const { root, staging, writer } = store();
  const kept = await writer.put('test', Buffer.from('kept'));
  await writer.put('test', Buffer.from('orphan'));
  await adoptObjects(root, staging, writer.staged());
  expect(await sweepObjects(root, new Set([kept]))).toBe(1);
  expect((await listObjects(root)).digests).toEqual([kept]);
});
