import { expect, test } from 'vitest';
import type { ColumnType } from '../../../preload/contract/column-types.ts';
import { createRandom } from '../../platform/random.ts';
import { openBase, openSnapshot, verifySnapshot } from '../reading/open-snapshot.ts';
import { createMemoryObjects } from './memory-objects.ts';
import { encodeManifest } from './manifest.ts';
import { writeSnapshot, type Cell, type TableLike } from './write-snapshot.ts';

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly values: Cell[];
}

const rows = 140_000;
const random = createRandom(7);
const below = (limit: number): number => Math.floor(random.uniform() * limit);
const missing = (cell: Cell): Cell => (random.uniform() < 0.05 ? null : cell);

function fill(count: number, make: () => Cell): Cell[] {
  return Array.from({ length: count }, make);
}

function makeColumns(count: number): Column[] {
  return [
    { name: 'price', type: 'float64', values: fill(count, () => missing(below(1e9) / 100)) },
    { name: 'rooms', type: 'int64', values: fill(count, () => below(12)) },
    { name: 'place', type: 'utf8', values: fill(count, () => missing(`straße ${below(500)}`)) },
    { name: 'new', type: 'bool', values: fill(count, () => missing(below(2) === 1)) },
    { name: 'sold', type: 'date', values: fill(count, () => below(4000) - 2000) },
    { name: 'at', type: 'timestamptz', values: fill(count, () => below(2 ** 40)) },
  ];
}

const table = (columns: readonly Column[]): TableLike => ({
  rows: columns[0]?.values.length ?? 0,
  columns,
});
const change = (columns: readonly Column[], work: (values: Cell[], column: Column) => Cell[]): Column[] =>
  columns.map((column) => ({ ...column, values: work([...column.values], column) }));

const first = makeColumns(rows);
const extra = makeColumns(rows / 100);
const extraOf = ({ name }: Column): Cell[] => extra.find((column) => column.name === name)?.values ?? [];
const hundredth = Array.from({ length: rows / 100 }, () => below(rows));
const edited = (values: Cell[], column: Column): Cell[] => {
  const fresh = extraOf(column);
  hundredth.forEach((row, i) => (values[row] = fresh[i]!));
  return values;
};
const without = new Set(hundredth);

/** Variants of a second version, and the most it may add to the bytes of the first. */
const variants: Record<string, { readonly columns: Column[]; readonly share: number }> = {
  'rows appended': {
    columns: change(first, (values, column) => [...values, ...extraOf(column)]),
    share: 0.03,
  },
  'one column edited': {
    columns: change(first, (values, column) => (column.name === 'price' ? edited(values, column) : values)),
    share: 0.05,
  },
  'rows edited in every column': { columns: change(first, edited), share: 0.15 },
  'rows inserted at the top': {
    columns: change(first, (values, column) => [...extraOf(column), ...values]),
    share: 0.15,
  },
  'rows removed anywhere': {
    columns: change(first, (values) => values.filter((_, row) => !without.has(row))),
    share: 0.15,
  },
  'rows moved': {
    columns: change(first, (values) => [...values.slice(50_000), ...values.slice(0, 50_000)]),
    share: 0.15,
  },
  'a column new, one gone, one all new, and rows inserted': {
    columns: change(first, (values, column) =>
      column.name === 'price' ? fill(rows + 1400, () => below(1e9)) : [...extraOf(column), ...values],
    )
      .filter(({ name }) => name !== 'at')
      .concat({ name: 'id', type: 'int64', values: Array.from({ length: rows + 1400 }, (_, i) => i) }),
    share: 0.6,
  },
};

async function stored(writing: TableLike, basis?: { store: Store; manifest: string }) {
  const store = basis?.store ?? createCounted();
  const before = store.bytes();
  const base = await openBase(store, basis?.manifest);
  const snapshot = await writeSnapshot(writing, store, base);
  return { ...snapshot, store, added: store.bytes() - before };
}

type Store = ReturnType<typeof createCounted>;

function createCounted() {
  const objects = createMemoryObjects();
  const sizes = new Map<string, number>();
  return {
    ...objects,
    async put(kind: string, bytes: Uint8Array): Promise<string> {
      const digest = await objects.put(kind, bytes);
      sizes.set(digest, bytes.byteLength);
      return digest;
    },
    bytes: () => [...sizes.values()].reduce((sum, size) => sum + size, 0),
    count: () => sizes.size,
  };
}

const origin = await stored(table(first));

test.each(Object.entries(variants))(
  '%s: little is added, and the id is that of the whole table',
  async (_, one) => {
    const plain = await stored(table(one.columns));
    const second = await stored(table(one.columns), origin);
    expect(second.id).toBe(plain.id);
    expect(second.added / origin.added).toBeLessThan(one.share);
    // From the values as they are read, patch by patch.
    expect(await verifySnapshot(origin.store, second.manifest)).toBe(plain.id);
    // A third version patches the whole blocks of the first, never a patch.
    const third = await stored(table(first), { store: origin.store, manifest: second.manifest });
    expect(third.id).toBe(origin.id);
    expect(await verifySnapshot(origin.store, third.manifest)).toBe(origin.id);
    const { columns } = await openSnapshot(origin.store, third.manifest);
    for (const { blocks, type } of columns)
      for (const { patch } of blocks)
        for (const base of patch?.bases ?? [])
          expect(new TextDecoder('latin1').decode((await origin.store.get(base)).subarray(0, 4)), type).toBe(
            'ÿÿÿÿ',
          );
  },
);

test('a long chain of edits stays exact, and each version is made of whole blocks and one patch', async () => {
  let columns = first.map((column) => ({ ...column, values: column.values.slice(0, 66_000) }));
  let last = await stored(table(columns));
  for (let version = 0; version < 6; version++) {
    columns = change(columns, (values, column) => {
      for (let i = 0; i < 600; i++) values[below(values.length)] = extraOf(column)[i]!;
      return [...extraOf(column).slice(0, 50), ...values.slice(0, -20)];
    });
    const next = await stored(table(columns), last);
    expect(next.id).toBe((await stored(table(columns))).id);
    expect(await verifySnapshot(next.store, next.manifest)).toBe(next.id);
    last = next;
  }
});

test('an unchanged table stores nothing but what was there', async () => {
  const before = origin.store.count();
  const again = await stored(table(first), origin);
  expect(again).toMatchObject({ manifest: origin.manifest, added: 0 });
  expect(origin.store.count()).toBe(before);
});

test('a base that was damaged is not used: the blocks are kept whole', async () => {
  const { columns } = await openSnapshot(origin.store, origin.manifest);
  const bad = columns[0]!.blocks[0]!.object;
  const reader = {
    has: (digest: string) => origin.store.has(digest),
    async get(digest: string) {
      if (digest === bad) return createMemoryObjects().get(digest);
      return origin.store.get(digest);
    },
  };
  const store = createCounted();
  const { columns: changed } = variants['one column edited']!;
  const base = await openBase(reader, origin.manifest);
  const { manifest } = await writeSnapshot(table(changed), store, base);
  const opened = await openSnapshot(store, manifest);
  expect(opened.columns[0]!.blocks[0]!.patch).toBeUndefined();
  expect(opened.columns[0]!.blocks[1]!.patch).toBeDefined();
});

test('a table without patches has the manifest of format 1, byte for byte', async () => {
  const manifest = await openSnapshot(origin.store, origin.manifest);
  expect(manifest.format).toBe(1);
  expect(Buffer.from(encodeManifest(manifest)).equals(await origin.store.get(origin.manifest))).toBe(true);
});

test('patches that lie are refused', async () => {
  const { manifest } = await stored(table(variants['rows edited in every column']!.columns), origin);
  const text = new TextDecoder().decode(await origin.store.get(manifest));
  const put = (alter: (text: string) => string) =>
    origin.store.put('snapshot-manifest', new TextEncoder().encode(alter(text)));
  const unversioned = await put((json) => json.replace('"format":2', '"format":1'));
  await expect(openSnapshot(origin.store, unversioned)).rejects.toMatchObject({
    code: 'snapshot-unreadable',
  });
  const parts = await put((json) => json.replace('"part":0', '"part":99'));
  await expect(verifySnapshot(origin.store, parts)).rejects.toMatchObject({
    code: 'snapshot-unreadable',
    message: expect.stringContaining('block 0 of "price"'),
  });
  const [entry] = (await openSnapshot(origin.store, manifest)).columns[0]!.blocks;
  const whole = await origin.store.get(entry!.object);
  for (let at = 0; at < 400; at += 3) {
    const damaged = Uint8Array.from(whole);
    damaged[at] = damaged[at]! ^ (1 << (at % 8));
    const object = await origin.store.put('column-patches', damaged);
    const lying = await put((json) => json.replaceAll(entry!.object, object));
    await expect(verifySnapshot(origin.store, lying), `byte ${at}`).rejects.toMatchObject({
      code: 'snapshot-unreadable',
    });
  }
});
