import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

const table = join(import.meta.dirname, '../importers/samples/table.parquet');

test.each(['csv', 'parquet', 'arrow', 'feather'])(
  '.%s holds the snapshot, and comes back as it',
  async (extension) => {
    const { client, folder } = await buildTestApp();
    const { snapshot } = await client.datasets.import({ path: table, name: 'table' });
    const path = join(folder, `out.${extension}`);
    await writeFile(path, 'what was there before');
    const written = await client.datasets.export({ dataset: 'table', path });
    expect(written).toMatchObject({
      dataset: 'table',
      version: 1,
      file: basename(path),
      rows: 100,
      columns: 8,
      size: (await readFile(path)).length,
    });
    const again = await client.datasets.import({ path, name: 'again' });
    expect(again.snapshot.id).toBe(snapshot.id);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  },
);

const hostile = [
  ['=1+1', '=1+1', "'=1+1"],
  ['+1', '+1', "'+1"],
  ['-1', '-1', "'-1"],
  ['@SUM(A1)', '@SUM(A1)', "'@SUM(A1)"],
  ['＝cmd', '＝cmd', "'＝cmd"],
  ['a,"b"\nc', '"a,""b""\nc"', '"a,""b""\nc"'],
  ['', '""', '""'],
  ['NA', '"NA"', '"NA"'],
  [' padded ', '" padded "', '" padded "'],
] as const;

test('CSV: texts stand as they are; for spreadsheets, formulas are disarmed', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'texts.jsonl');
  await writeFile(path, hostile.map(([text], i) => JSON.stringify({ n: i - 4, text })).join('\n'));
  const { snapshot } = await client.datasets.import({ path });
  const exact = join(folder, 'exact.csv');
  const { notes } = await client.datasets.export({ dataset: 'texts', path: exact });
  expect(notes.join()).toMatch(/--spreadsheet/);
  expect(await readFile(exact, 'utf8')).toBe(
    `n,text\n${hostile.map(([, plain], i) => `${i - 4},${plain}\n`).join('')}`,
  );
  expect((await client.datasets.import({ path: exact, name: 'again' })).snapshot.id).toBe(snapshot.id);
  const safe = join(folder, 'safe.csv');
  await client.datasets.export({ dataset: 'texts', path: safe, spreadsheet: true });
  expect(await readFile(safe, 'utf8')).toBe(
    `n,text\n${hostile.map(([, , shown], i) => `${i - 4},${shown}\n`).join('')}`,
  );
});

test.each(['csv', 'parquet', 'arrow'])('%s: what floating point and Unicode can hold', async (extension) => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'odd.jsonl');
  const numbers = [
    '1e308',
    '-0.0',
    '5e-324',
    '0.1',
    '3.0',
    'NaN',
    'Infinity',
    '-Infinity',
    '123456789012345680000',
  ];
  const texts = ['a\\u0000b', '𝄞', 'é', 'e\\u0301', '\\u200b', 'x', 'y', 'z', 'w'];
  // A zero byte has no place in a text file.
  if (extension === 'csv') texts[0] = 'a';
  await writeFile(path, numbers.map((n, i) => `{"n":${n},"t":"${texts[i]}"}`).join('\n'));
  const { snapshot } = await client.datasets.import({ path });
  const out = join(folder, `out.${extension}`);
  await client.datasets.export({ dataset: 'odd', path: out });
  // A CSV file's NaN is taken for missing, unless it is said that only empty fields are.
  const exact = { columns: { n: { type: 'float64' } } } as const;
  const options = extension === 'csv' ? { ...exact, nullTokens: [''] } : {};
  const again = await client.datasets.import({ path: out, name: 'again', options });
  expect(again.snapshot.id).toBe(snapshot.id);
});

test('a name that says no format is refused, and so is a folder that is not there to write in', async () => {
  const { client, folder } = await buildTestApp();
  await client.datasets.import({ path: table, name: 'table' });
  await expect(
    client.datasets.export({ dataset: 'table', path: join(folder, 'x.doc') }),
  ).rejects.toMatchObject({
    code: 'export-format-unknown',
  });
  for (const format of ['csv', 'parquet'] as const)
    await expect(
      client.datasets.export({ dataset: 'table', path: join(table, 'x'), format }),
    ).rejects.toMatchObject({ code: 'not-writable' });
  await expect(client.datasets.export({ dataset: 'no', path: join(folder, 'x.csv') })).rejects.toMatchObject({
    code: 'dataset-not-found',
  });
});
