import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';

type Table = readonly (readonly (string | number | null)[])[];

async function importTables(app: TestApp, head: readonly string[][], tables: readonly Table[]) {
  for (const [index, rows] of tables.entries()) {
    const path = join(app.folder, 't.csv');
    const names = head[index] ?? head[0] ?? [];
    const lines = [names, ...rows.map((row) => row.map((cell) => cell ?? ''))];
    await writeFile(path, `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
    await app.client.datasets.import({ path, name: 't' });
  }
}

async function compare(head: readonly string[][], before: Table, after: Table, key: string[] = []) {
  const app = await buildTestApp();
  await importTables(app, head, [before, after]);
  const input = { from: 't@1', to: 't@2', key };
  return {
    diff: await app.client.datasets.diff(input),
    rows: (await app.client.datasets['diff-rows'](input)).rows,
    app,
  };
}

const head = [['id', 'place', 'price']];
const base: Table = Array.from({ length: 12 }, (_, i) => [i + 1, ['north', 'south'][i % 2]!, 100 + 10 * i]);
const edit = (table: Table, row: number, cells: Record<number, string | number | null>): Table =>
  table.map((cells_, i) => (i === row ? cells_.map((cell, j) => (j in cells ? cells[j]! : cell)) : cells_));

test('one cell changed is one row and one cell, and named', async () => {
  const { diff, rows } = await compare(head, base, edit(base, 4, { 2: 999 }));
  expect(diff).toEqual({
    columns: { added: [], removed: [], retyped: [] },
    rows: { added: 0, removed: 0, changed: 1 },
    cells: { changed: 1 },
  });
  expect(rows).toEqual([
    { kind: 'changed', row: 5, from: 5, key: null, cells: [{ column: 'price', old: 140, new: 999 }] },
  ]);
});

test('by position, rows put in and taken out are told from changed ones', async () => {
  const changed = edit(edit(base, 8, { 1: 'west', 2: 7 }), 9, { 2: null });
  const after = [[77, 'east', 5], ...changed.slice(0, 3), ...changed.slice(4), [78, 'east', 6]];
  const { diff, rows } = await compare(head, base, after);
  expect(diff.rows).toEqual({ added: 2, removed: 1, changed: 2 });
  expect(diff.cells).toEqual({ changed: 3 });
  expect(rows).toEqual([
    {
      kind: 'changed',
      row: 9,
      from: 9,
      key: null,
      cells: [
        { column: 'place', old: 'north', new: 'west' },
        { column: 'price', old: 180, new: 7 },
      ],
    },
    { kind: 'changed', row: 10, from: 10, key: null, cells: [{ column: 'price', old: 190, new: null }] },
    {
      kind: 'added',
      row: 1,
      from: null,
      key: null,
      cells: [
        { column: 'id', new: 77 },
        { column: 'place', new: 'east' },
        { column: 'price', new: 5 },
      ],
    },
    { kind: 'added', row: 13, from: null, key: null, cells: expect.anything() },
    { kind: 'removed', row: null, from: 4, key: null, cells: expect.anything() },
  ]);
});

test('a changed row beside a new one is still the changed row', async () => {
  const after = [...base.slice(0, 5), [50, 'east', 1], ...edit(base, 5, { 2: 1 }).slice(5)];
  const { diff, rows } = await compare(head, base, after);
  expect(diff.rows).toEqual({ added: 1, removed: 0, changed: 1 });
  expect(rows[0]).toMatchObject({ kind: 'changed', row: 7, from: 6 });
});

test('by key, rows are found wherever they are', async () => {
  const after = [...edit(base, 2, { 2: 1 }), [40, 'east', 3]].filter((_, i) => i !== 6).toReversed();
  const { diff, rows, app } = await compare(head, base, after, ['id']);
  expect(diff).toEqual({
    columns: { added: [], removed: [], retyped: [] },
    rows: { added: 1, removed: 1, changed: 1 },
    cells: { changed: 1 },
  });
  expect(rows.map(({ kind, key }) => [kind, key])).toEqual([
    ['changed', { id: 3 }],
    ['added', { id: 40 }],
    ['removed', { id: 7 }],
  ]);
  const only = await app.client.datasets['diff-rows']({
    from: 't@1',
    to: 't@2',
    key: ['id'],
    kind: 'removed',
  });
  expect(only).toMatchObject({ total: 1, rows: [{ kind: 'removed', from: 7, row: null }] });
});

test('a key of several columns, typed with or without a comma', async () => {
  const after = edit(base, 3, { 2: 1 });
  const { app } = await compare(head, base, after);
  const one = await app.client.datasets.diff({ from: 't@1', to: 't@2', key: ['id', 'place'] });
  expect(one).toEqual(await app.client.datasets.diff({ from: 't@1', to: 't@2', key: ['id,place'] }));
  expect(one.rows).toEqual({ added: 0, removed: 0, changed: 1 });
});

test('a key that does not tell rows apart is refused with its rows', async () => {
  const app = await buildTestApp();
  await importTables(app, head, [base, edit(base, 0, { 2: 3 })]);
  const { client } = app;
  await expect(client.datasets.diff({ from: 't@1', to: 't@2', key: ['place'] })).rejects.toMatchObject({
    code: 'diff-key-duplicate',
    message:
      'the key place "north" occurs more than once in the earlier version (rows 1 and 3); a key must tell every row from the others. Add a column to place, or compare by position',
  });
  await expect(client.datasets.diff({ from: 't@1', to: 't@2', key: ['no'] })).rejects.toMatchObject({
    code: 'column-not-found',
  });
});

test('columns added, removed and retyped; retyped cells count where they say something else', async () => {
  const { diff, rows } = await compare(
    [
      ['id', 'place', 'price'],
      ['id', 'price', 'size'],
    ],
    base,
    base.map(([id, , price], i) => [id!, i === 3 ? 130.5 : price!, 1]),
  );
  expect(diff).toEqual({
    columns: { added: ['size'], removed: ['place'], retyped: ['price'] },
    rows: { added: 0, removed: 0, changed: 1 },
    cells: { changed: 1 },
  });
  expect(rows[0]?.cells).toEqual([{ column: 'price', old: 130, new: 130.5 }]);
});

test('nothing changed says so, whichever way it is asked', async () => {
  const app = await buildTestApp();
  await importTables(app, head, [base]);
  for (const key of [[], ['id']]) {
    const diff = await app.client.datasets.diff({ from: 't@1', to: 't', key });
    expect(diff.rows).toEqual({ added: 0, removed: 0, changed: 0 });
    expect(diff.cells).toEqual({ changed: 0 });
  }
});

test('a diff is computed once, kept, and verified with everything else', async () => {
  const { app } = await compare(head, base, edit(base, 4, { 2: 999 }));
  const { records } = (await app.client.workspaces.info({})).workspace.journal;
  await app.client.datasets.diff({ from: 't@1', to: 't@2' });
  expect((await app.client.workspaces.info({})).workspace.journal.records).toBe(records);
  expect((await app.client.workspaces.verify({})).problems).toEqual([]);
});

test('random changes of a long table are counted as they were made, by position and by key', async () => {
  const random = createRandom(11);
  const count = 140_000;
  const names = ['id', 'a', 'b', 'c'];
  const make = (id: number): (string | number)[] => [
    id,
    random.integer(1000),
    random.integer(5),
    `t${random.integer(300)}`,
  ];
  const before = Array.from({ length: count }, (_, i) => make(i));
  const after: (string | number)[][] = [];
  let [added, removed, changed, cells, id] = [0, 0, 0, 0, count];
  // Changes keep apart from each other: what belongs to what is then beyond doubt.
  for (let row = 0; row < count; row++) {
    const cell = before[row]!;
    const what = row % 3 === 0 ? random.integer(300) : 99;
    if (what === 0) removed++;
    else if (what === 1) {
      after.push(make(id++), cell);
      added++;
    } else if (what <= 4) {
      after.push([cell[0]!, Number(cell[1]) + 1, cell[2]!, what === 4 ? 'other' : cell[3]!]);
      changed++;
      cells += what === 4 ? 2 : 1;
    } else after.push(cell);
  }
  const { diff, app } = await compare([names], before, after);
  const expected = {
    columns: { added: [], removed: [], retyped: [] },
    rows: { added, removed, changed },
    cells: { changed: cells },
  };
  expect(diff).toEqual(expected);
  expect(await app.client.datasets.diff({ from: 't@1', to: 't@2', key: ['id'] })).toEqual(expected);
  // Backwards everything is the other way round.
  expect(await app.client.datasets.diff({ from: 't@2', to: 't@1' })).toEqual({
    ...expected,
    rows: { added: removed, removed: added, changed },
  });
});

test('tables of many equal rows are compared sensibly', async () => {
  const random = createRandom(3);
  const before = Array.from({ length: 3000 }, () => [random.integer(3), random.integer(3)]);
  const after = before.filter((_, row) => row !== 700 && row !== 2100);
  const { diff } = await compare([['a', 'b']], before, after);
  expect(diff.rows).toEqual({ added: 0, removed: 2, changed: 0 });
});
