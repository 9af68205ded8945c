import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, onTestFinished, test } from 'vitest';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { createMemoryObjects } from '../snapshot/memory-objects.ts';
import { writeSnapshot } from '../snapshot/write-snapshot.ts';
import { createBlockCache } from './block-cache.ts';
import { openSnapshot, verifySnapshot } from './open-snapshot.ts';
import { readColumns } from './read-columns.ts';
import { readWindow } from './read-window.ts';

const rows = 150_000;
const words = ['pear', 'apple', 'Äpfel', 'zebra', ''];
const range = Array.from({ length: rows }, (_, row) => row);

const store = createMemoryObjects();
const stored = await writeSnapshot(
  {
    rows,
    columns: [
      { name: 'n', type: 'int64', values: range },
      {
        name: 'x',
        type: 'float64',
        values: range.map((row) => (row % 10 === 3 ? null : row === 5 ? Number.NaN : row / 4)),
      },
      { name: 'word', type: 'utf8', values: range.map((row) => (row % 7 === 6 ? null : words[row % 5]!)) },
      { name: 'odd', type: 'bool', values: range.map((row) => row % 2 === 1) },
      { name: 'day', type: 'date', values: range.map((row) => row - 75_000) },
      { name: 'at', type: 'timestamptz', values: range.map((row) => row * 1_000) },
    ],
  },
  store,
);

async function sample() {
  const reads: string[] = [];
  const reader: ObjectReader = {
    has: (digest) => store.has(digest),
    get(digest) {
      reads.push(digest);
      return store.get(digest);
    },
  };
  return { reader, reads, manifest: await openSnapshot(store, stored.manifest) };
}

test('a window across two blocks holds the right rows and reads no other block', async () => {
  const { reader, reads, manifest } = await sample();
  const bytes = await readWindow(reader, manifest, { offset: 65_530, limit: 12 }, createBlockCache());
  // Both blocks of `odd` have the same content, and so are one object.
  expect(reads).toHaveLength(2 * manifest.columns.length - 1);
  const table = tableFromIPC(bytes);
  const found = table.toArray().map((row) => row.toJSON());
  expect(found).toHaveLength(12);
  found.forEach((row, i) => {
    const at = 65_530 + i;
    expect(row).toEqual({
      n: BigInt(at),
      x: at % 10 === 3 ? null : at / 4,
      word: at % 7 === 6 ? null : words[at % 5],
      odd: at % 2 === 1,
      day: (at - 75_000) * 86_400_000,
      at,
    });
  });
});

test('windows at the end are short, behind it empty, and columns come as asked for', async () => {
  const { reader, manifest } = await sample();
  const last = tableFromIPC(
    await readWindow(reader, manifest, { offset: rows - 1, limit: 100, columns: ['odd', 'n'] }),
  );
  expect(last.schema.fields.map(({ name }) => name)).toEqual(['odd', 'n']);
  expect(last.toArray().map((row) => row.toJSON())).toEqual([{ odd: true, n: BigInt(rows - 1) }]);
  const behind = tableFromIPC(await readWindow(reader, manifest, { offset: rows + 5, limit: 10 }));
  expect([behind.numRows, behind.numCols]).toEqual([0, 6]);
  await expect(readWindow(reader, manifest, { offset: 0, limit: 1, columns: ['no'] })).rejects.toMatchObject({
    code: 'column-not-found',
    message: 'there is no column "no" in the snapshot; it has n, x, word, odd, day, at',
  });
});

test('scrolling reads each block once, and forgets what was used longest ago', async () => {
  const { reader, reads, manifest } = await sample();
  const cache = createBlockCache();
  for (let offset = 0; offset < 60_000; offset += 200)
    await readWindow(reader, manifest, { offset, limit: 200 }, cache);
  expect(reads).toHaveLength(manifest.columns.length);
  const small = createBlockCache(600_000);
  reads.length = 0;
  for (const offset of [0, 70_000, 0])
    await readWindow(reader, manifest, { offset, limit: 1, columns: ['n'] }, small);
  expect(reads).toHaveLength(3);
});

test('columns for training', async () => {
  const { reader, manifest } = await sample();
  const [word, x, odd, at, day] = await readColumns(reader, manifest, ['word', 'x', 'odd', 'at', 'day']);
  // By UTF-8 bytes: Ä is c3 84, behind every ASCII letter.
  expect(word).toMatchObject({ kind: 'text', levels: ['', 'apple', 'pear', 'zebra', 'Äpfel'] });
  expect(word?.kind === 'text' && [...word.codes.subarray(0, 8)]).toEqual([2, 1, 4, 3, 0, 2, -1, 4]);
  expect(x?.kind === 'number' && [...x.values.subarray(2, 7)]).toEqual([0.5, Number.NaN, 1, Number.NaN, 1.5]);
  expect(x?.kind === 'number' && [...(x.present ?? [])].slice(2, 7)).toEqual([1, 0, 1, 1, 1]);
  expect(odd).toMatchObject({ kind: 'number', type: 'bool', present: undefined });
  expect(odd?.kind === 'number' && [...odd.values.subarray(0, 3)]).toEqual([0, 1, 0]);
  expect(at?.kind === 'number' && at.values[rows - 1]).toBe((rows - 1) * 1000);
  expect(day?.kind === 'number' && day.values[0]).toBe(-75_000);
});

test('an aborted read stops', async () => {
  const { reader, manifest } = await sample();
  await expect(readColumns(reader, manifest, ['n'], { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test('a manifest that lies is refused', async () => {
  const { manifest } = await sample();
  const text = new TextDecoder().decode(await store.get(stored.manifest));
  const put = (change: (text: string) => string) =>
    store.put('snapshot-manifest', new TextEncoder().encode(change(text)));
  const [first, second] = manifest.columns[0]!.blocks;
  const swapped = await put((json) => json.replace(first!.object, second!.object));
  await expect(verifySnapshot(store, swapped)).rejects.toMatchObject({
    code: 'snapshot-unreadable',
    message: expect.stringContaining('block 0 of "n" does not have the recorded content'),
  });
  const hashed = await put((json) => json.replace(first!.hash, second!.hash));
  await expect(openSnapshot(store, hashed)).rejects.toMatchObject({
    message: expect.stringContaining('the root of "n" does not match its blocks'),
  });
  const counted = await put((json) => json.replace('"rows":150000', '"rows":150001'));
  await expect(openSnapshot(store, counted)).rejects.toMatchObject({
    message: expect.stringContaining('blocks of "n" do not add up'),
  });
  const broken = await put((json) => json.slice(0, -2));
  await expect(openSnapshot(store, broken)).rejects.toMatchObject({ code: 'snapshot-unreadable' });
  expect(await verifySnapshot(store, stored.manifest)).toMatch(/^[0-9a-f]{64}$/);
});

test('a window of 200 rows and 50 columns from cached blocks takes milliseconds', async () => {
  const memory = createMemoryObjects();
  const values = range.slice(0, 70_000);
  const columns = Array.from({ length: 50 }, (_, i) => ({
    name: `c${i}`,
    type: i % 5 === 0 ? ('utf8' as const) : ('float64' as const),
    values: i % 5 === 0 ? values.map((row) => `text ${row + i}`) : values,
  }));
  const { manifest } = await writeSnapshot({ rows: values.length, columns }, memory);
  const opened = await openSnapshot(memory, manifest);
  const cache = createBlockCache();
  await readWindow(memory, opened, { offset: 65_400, limit: 200 }, cache);
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const start = performance.now();
    await readWindow(memory, opened, { offset: 65_400 + i, limit: 200 }, cache);
    times.push(performance.now() - start);
  }
  // The median is below 3 ms on a laptop; the bound leaves room for a busy machine.
  expect(times.toSorted((a, b) => a - b)[15]).toBeLessThan(30);
});

test('files of the store are checked before they are parsed', async () => {
  const { createObjectReader, createStagingWriter, adoptObjects, objectPath } =
    await import('../../platform/objects/index.ts');
  const { readFileSync, writeFileSync } = await import('node:fs');
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-reading-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [root, staging] = [join(folder, 'objects'), join(folder, 'staging')];
  const writer = createStagingWriter(root, staging);
  const { manifest } = await writeSnapshot(
    { rows: 3, columns: [{ name: 'x', type: 'float64', values: [1, 2, 3] }] },
    writer,
  );
  await adoptObjects(root, staging, writer.staged());
  const reader = createObjectReader(root);
  const opened = await openSnapshot(reader, manifest);
  const { object } = opened.columns[0]!.blocks[0]!;
  const bytes = readFileSync(objectPath(root, object));
  bytes[bytes.length - 20]! ^= 1;
  writeFileSync(objectPath(root, object), bytes);
  await expect(readColumns(reader, opened, ['x'])).rejects.toMatchObject({
    code: 'object-damaged',
    details: { digest: object },
  });
});
