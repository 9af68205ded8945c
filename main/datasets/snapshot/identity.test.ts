import { wideValue } from './decimals.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDecimal, isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import { openSnapshot, verifySnapshot } from '../reading/open-snapshot.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { blockRows, float64Values, int32Values, int64Values, isPresent, type Block } from './block.ts';
import { createMemoryObjects } from './memory-objects.ts';
import { createSnapshotWriter } from './snapshot-writer.ts';
import { writeSnapshot, type Cell, type TableLike } from './write-snapshot.ts';

const rows = 70_000;

/** Two blocks of every type. */
function table(change: { column?: string; row?: number; to?: Cell } = {}): TableLike {
  const make = (name: string, type: ColumnType, value: (row: number) => Cell) => ({
    name,
    type,
    values: Array.from({ length: rows }, (_, row) =>
      change.column === name && change.row === row ? (change.to ?? null) : row % 97 === 0 ? null : value(row),
    ),
  });
  return {
    rows,
    columns: [
      make('flag', 'bool', (row) => row % 3 === 0),
      make('count', 'int64', (row) => BigInt(row) - 2n ** 60n),
      make('price', 'float64', (row) => row / 7),
      make('note', 'utf8', (row) => (row % 5 === 0 ? '' : `né ${row}`)),
      make('day', 'date', (row) => row - 30_000),
      make('at', 'timestamp', (row) => row * 1_000_003),
      make('seen', 'timestamptz', (row) => -row),
    ],
  };
}

async function idOf(content: TableLike): Promise<string> {
  return (await writeSnapshot(content, createMemoryObjects())).id;
}

const original = await idOf(table());

test('the same content has the same id', async () => {
  expect(await idOf(table())).toBe(original);
});

test.each<[string, string, number, Cell]>([
  ['row 15,000 of a number', 'price', 15_000, 15_000 / 7 + 1e-9],
  ['one flipped boolean', 'flag', 15_000, false],
  ['a timestamp shifted by a microsecond', 'at', 15_000, 15_000 * 1_000_003 + 1],
  ['an empty text into null', 'note', 15_000, null],
  ['a null into an empty text', 'note', 97, ''],
  ['a null into zero', 'price', 97, 0],
  ['a null into false', 'flag', 97, false],
  ['zero into minus zero', 'price', 97, -0],
  ['a whole number beyond 2^53 by one', 'count', 15_000, 15_001n - 2n ** 60n],
  ['the last row', 'day', rows - 1, 0],
])('%s is another id', async (_, column, row, to) => {
  expect(await idOf(table({ column, row, to }))).not.toBe(original);
});

function idOfColumns(...columns: [string, ColumnType, readonly Cell[]][]): Promise<string> {
  return idOf({ rows: 3, columns: columns.map(([name, type, values]) => ({ name, type, values })) });
}

test('names, types, and the order of rows and columns are content', async () => {
  const values = [1, 2, 3];
  const ids = await Promise.all([
    idOfColumns(['a', 'int64', values], ['b', 'int64', values]),
    idOfColumns(['b', 'int64', values], ['a', 'int64', values]),
    idOfColumns(['a', 'int64', [2, 1, 3]], ['b', 'int64', [2, 1, 3]]),
    idOfColumns(['a', 'int64', values], ['c', 'int64', values]),
    idOfColumns(['a', 'int64', values], ['b', 'timestamp', values]),
    idOfColumns(['a', 'timestamptz', values], ['b', 'timestamp', values]),
    idOfColumns(['a', 'int64', values], ['b', 'float64', values]),
    idOfColumns(['a', 'int64', values]),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what lies under a null is not content, nor which NaN it is', async () => {
  const plain = await idOf({
    rows: 2,
    columns: [{ name: 'x', type: 'float64', values: [Number.NaN, null] }],
  });
  const writer = createSnapshotWriter([{ name: 'x', type: 'float64' }], createMemoryObjects());
  const [builder] = writer.builders;
  if (!builder) throw new Error('no builder');
  new BigUint64Array(builder.float64.buffer)[0] = 0xfff8_dead_beef_0001n;
  builder.present.set([1, 0]);
  builder.float64[1] = 42;
  builder.length = 2;
  expect((await writer.finish()).id).toBe(plain);
});

test('however the rows come in, the id is the same', async () => {
  const store = createMemoryObjects();
  const content = table();
  const writer = createSnapshotWriter(
    content.columns.map(({ name, type }) => ({ name, type })),
    store,
  );
  for (let from = 0; from < rows;) {
    const to = Math.min(rows, from + 1 + ((from * 7) % 9_999));
    const part = await writeSnapshot(
      {
        rows: to - from,
        columns: content.columns.map((c) => ({
          ...c,
          values: Array.prototype.slice.call(c.values, from, to),
        })),
      },
      store,
    );
    const manifest = await openSnapshot(store, part.manifest);
    for (const [index, column] of manifest.columns.entries()) {
      for await (const block of readBlocks(store, column)) append(writer.builders[index], block);
    }
    await writer.flush();
    from = to;
  }
  expect((await writer.finish()).id).toBe(original);
});

function append(
  builder: ReturnType<typeof createSnapshotWriter>['builders'][number] | undefined,
  block: Block,
): void {
  if (!builder) throw new Error('no builder');
  builder.ensure(builder.length + block.rows);
  builder.ensureText(block.text.length);
  const wide = block.type !== 'bool' && block.type !== 'date' && block.type !== 'utf8';
  const integers = wide ? int64Values(block.values, block.rows) : undefined;
  for (let row = 0; row < block.rows; row++) {
    const at = builder.length;
    builder.present[at] = isPresent(block.validity, row) ? 1 : 0;
    if (block.type === 'bool') builder.flags[at] = isPresent(block.values, row) ? 1 : 0;
    else if (block.type === 'date') builder.int32[at] = int32Values(block.values, block.rows)[row]!;
    else if (block.type === 'utf8') {
      const offsets = int32Values(block.values, block.rows + 1);
      const text = block.text.subarray(offsets[row], offsets[row + 1]);
      const start = builder.int32[at]!;
      builder.text.set(text, start);
      builder.int32[at + 1] = start + text.length;
    } else builder.int64[at] = (integers ?? new BigInt64Array(0))[row]!;
    builder.length++;
  }
}

test('unchanged blocks are stored once', async () => {
  const store = createMemoryObjects();
  const first = await writeSnapshot(table(), store);
  const second = await writeSnapshot(table({ column: 'price', row: 15_000, to: 0 }), store);
  const objects = async (digest: string) =>
    (await openSnapshot(store, digest)).columns.flatMap(({ blocks }) => blocks.map(({ object }) => object));
  const before = new Set(await objects(first.manifest));
  expect((await objects(second.manifest)).filter((object) => !before.has(object))).toHaveLength(1);
});

const cells = {
  bool: fc.boolean(),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  float64: fc.double(),
  utf8: fc.string({ unit: 'grapheme' }),
  categorical: fc.string({ unit: 'grapheme' }),
  'decimal(5,2)': fc.bigInt({ min: -99_999n, max: 99_999n }),
  'decimal(38,10)': fc.bigInt({ min: 1n - 10n ** 38n, max: 10n ** 38n - 1n }),
  'ordered["low","high"]': fc.constantFrom('low', 'high'),
  date: fc.integer({ min: -700_000, max: 2_900_000 }),
  timestamp: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  timestamptz: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
} satisfies Partial<Record<ColumnType, fc.Arbitrary<Cell>>>;
const types = Object.keys(cells) as (keyof typeof cells)[];

const tables = fc.integer({ min: 0, max: 40 }).chain((count) =>
  fc
    .array(
      fc.constantFrom(...types).chain((type) =>
        fc.record({
          name: fc.string(),
          type: fc.constant(type),
          values: fc.array(fc.option<Cell>(cells[type]), { minLength: count, maxLength: count }),
        }),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((columns): TableLike => ({ rows: count, columns })),
);

function cellOf(block: Block, row: number): Cell {
  if (!isPresent(block.validity, row)) return null;
  if (block.type === 'bool') return isPresent(block.values, row);
  if (block.type === 'float64') return float64Values(block.values, block.rows)[row]!;
  if (block.type === 'date') return int32Values(block.values, block.rows)[row]!;
  if (isDecimal(block.type)) return wideValue(int64Values(block.values, 2 * block.rows), row);
  if (isTextType(block.type)) {
    const offsets = int32Values(block.values, block.rows + 1);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      block.text.subarray(offsets[row], offsets[row + 1]),
    );
  }
  return int64Values(block.values, block.rows)[row]!;
}

test('any table comes back as it went in, and verifies', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (content) => {
      const store = createMemoryObjects();
      const { manifest, id } = await writeSnapshot(content, store);
      const opened = await openSnapshot(store, manifest);
      expect(opened.schema).toEqual(content.columns.map(({ name, type }) => ({ name, type })));
      for (const [index, column] of opened.columns.entries()) {
        const back: Cell[] = [];
        for await (const block of readBlocks(store, column)) {
          for (let row = 0; row < block.rows; row++) back.push(cellOf(block, row));
        }
        expect(back).toEqual(content.columns[index]?.values);
      }
      expect(await verifySnapshot(store, manifest)).toBe(id);
    }),
    { numRuns: 150 },
  );
});

test('blocks are 65,536 rows', async () => {
  const store = createMemoryObjects();
  const { manifest } = await writeSnapshot(table(), store);
  const [column] = (await openSnapshot(store, manifest)).columns;
  expect(column?.blocks.map((block) => block.rows)).toEqual([blockRows, rows - blockRows]);
});
