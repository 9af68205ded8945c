import { deflateSync, gzipSync } from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tableToIPC, tableFromArrays } from 'apache-arrow';
import { expect, test } from 'vitest';
import { ImportOptions } from '../../../../preload/contract/import-options.ts';
import { Failure } from '../../../../preload/contract/errors.ts';
import { fileOf, importFrom, importText } from './import-text.fixture.ts';

async function refusal(
  path: string,
  options: ImportOptions = {},
): Promise<{ code: string; message: string }> {
  try {
    await importFrom(path, options);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.code, message: error.message.replaceAll(path, 'FILE') };
  }
  return { code: 'none', message: 'it was imported' };
}

test('a missing file', async () => {
  expect(await refusal('/nowhere/at/all.csv')).toEqual({
    code: 'file-not-found',
    message: 'no file at "FILE"; check the path',
  });
});

test('a folder', async () => {
  const path = join(dirname(fileOf('')), 'folder.csv');
  mkdirSync(path);
  expect(await refusal(path)).toEqual({
    code: 'file-is-folder',
    message: '"FILE" is a folder; name a file in it',
  });
});

test.skipIf(process.platform === 'win32')('a pipe is refused, not waited for', async () => {
  const path = join(dirname(fileOf('')), 'pipe.csv');
  execFileSync('mkfifo', [path]);
  expect(await refusal(path)).toEqual({
    code: 'file-unreadable',
    message: 'cannot read "FILE": it is not a regular file',
  });
});

test.each(['', '\ufeff', '\n\n\n'])('an empty file: %j', async (content) => {
  expect(await refusal(fileOf(content))).toEqual({
    code: 'file-empty',
    message: '"FILE" is empty; expected a line of column names and at least one row',
  });
});

test.each([
  ['a,b,c', '3 column names'],
  ['a,b,c\n', '3 column names'],
  ['a,b,c\n\n\n', '3 column names'],
  ['price\r\n', 'a column name'],
])('a header only: %j', async (content, what) => {
  expect(await refusal(fileOf(content))).toEqual({
    code: 'csv-header-only',
    message: `"FILE" has ${what} but no rows; if its first line is data, import it with header: false`,
  });
});

test('a header only, asked to be data, is a row', async () => {
  const { columns } = await importText('a,b,c', { header: false });
  expect(columns).toEqual({ column_1: ['a'], column_2: ['b'], column_3: ['c'] });
});

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), deflateSync('pixels')]);
const sqlite = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)]);
test.each<[string, Uint8Array]>([
  ['a PNG picture', png],
  ['a gzip archive', gzipSync('a,b\n1,2\n')],
  ['a zip archive (an Excel workbook is one too)', Buffer.from('504b030414000000', 'hex')],
  ['an SQLite database', sqlite],
  ['a Parquet file', Buffer.from('PAR1....PAR1')],
  ['an Arrow file', tableToIPC(tableFromArrays({ a: [1] }), 'file')],
  ['a PDF document', Buffer.from('%PDF-1.7\n')],
])('%s', async (looksLike, content) => {
  expect(await refusal(fileOf(content))).toEqual({
    code: 'file-not-text',
    message: `"FILE" looks like ${looksLike}; expected CSV, TSV, JSON, Parquet, Arrow, Excel (.xlsx), SQLite or DuckDB`,
  });
});

test('bytes of any kind, with and without zeros among them; control characters that part fields are fine', async () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) % 256);
  for (const content of [noise, noise.map((byte) => byte || 1)]) {
    expect(await refusal(fileOf(content))).toEqual({
      code: 'file-not-text',
      message:
        '"FILE" looks like binary data; expected CSV, TSV, JSON, Parquet, Arrow, Excel (.xlsx), SQLite or DuckDB',
    });
  }
  const { columns } = await importText('a\u0001b\n1\u00012\n3\u00014\n', { delimiter: '\u0001' });
  expect(columns).toEqual({ a: [1n, 3n], b: [2n, 4n] });
});

test('zero bytes, in the head and far behind it', async () => {
  expect(await refusal(fileOf('a,b\n1,2\n3,\0\n'))).toEqual({
    code: 'csv-nul',
    message:
      '"FILE" has a zero byte on line 3; expected text. If it was saved as UTF-16, choose that encoding',
  });
  const long = `a,b\n${'1,2\n'.repeat(300_000)}x\0,y\n`;
  expect((await refusal(fileOf(long))).message).toContain('a zero byte on line 300002;');
});

test('columns of the same name, and without a name', async () => {
  expect(await refusal(fileOf('id,price,id\n1,2,3\n'))).toEqual({
    code: 'csv-column-duplicate',
    message: '"FILE" has 2 columns named "id" (columns 1, 3); every column needs a name of its own',
  });
  expect(await refusal(fileOf('id,,price, \nx,y,z,w\n'))).toEqual({
    code: 'csv-column-unnamed',
    message:
      '"FILE" has no name for column 2, 4; every column needs a name. If its first line is data, import it with header: false',
  });
});

test('too many columns', async () => {
  const names = Array.from({ length: 10_001 }, (_, i) => `c${i}`).join(',');
  expect(await refusal(fileOf(`${names}\n`))).toEqual({
    code: 'csv-too-many-columns',
    message: '"FILE" has 10,001 columns; at most 10,000 can be imported',
  });
});

test('ten thousand columns are fine', async () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
  const { columns } = await importText(`${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`);
  expect(columns['c9999']).toEqual([9999n]);
});

test('a quote that is never closed', async () => {
  expect(await refusal(fileOf('a,b\n1,"x"\n2,"y\n3,z\n'))).toEqual({
    code: 'csv-quote-open',
    message:
      '"FILE": the quote opened on line 3 is never closed; close it, or choose another quote character',
  });
  expect(await refusal(fileOf('a,b\n"one,1\n2,3\n'))).toMatchObject({
    code: 'csv-quote-open',
    message: expect.stringContaining('the quote opened on line 2 is never closed'),
  });
  const swallowed = `a,b\n1,"x\n${'2,y\n'.repeat(5_000_000)}`;
  expect(await refusal(fileOf(swallowed))).toMatchObject({ code: 'csv-quote-open' });
});

test('a row without end', async () => {
  expect(await refusal(fileOf(`a,b\n1,${'x'.repeat(17 * 2 ** 20)}`))).toEqual({
    code: 'csv-row-too-long',
    message: '"FILE": the row on line 2 is longer than 16 MB; expected lines that end',
  });
});

test('the wrong encoding, said so', async () => {
  const latin = Buffer.from('name,city\nJosé,Málaga\nZoë,Gèneve\n', 'latin1');
  expect(await refusal(fileOf(latin), { encoding: 'utf-8' })).toEqual({
    code: 'csv-encoding',
    message:
      '"FILE" is not utf-8 (2 rows cannot be read); choose another encoding, or leave it to be detected',
  });
  expect(await refusal(fileOf('a,b\n1,2\nx'), { encoding: 'utf-16le' })).toMatchObject({
    code: 'csv-encoding',
  });
});

test.each(['latin1', 'ISO-8859-1', 'CP1252'])('%s is an encoding by another name', async (name) => {
  const options = ImportOptions.parse({ encoding: name });
  const { columns } = await importText(Buffer.from('city\nMálaga\nRome\n', 'latin1'), options);
  expect(columns['city']).toEqual(['Málaga', 'Rome']);
});

test('a few bad bytes in UTF-8 cost their rows only', async () => {
  const content = Buffer.concat([
    Buffer.from('name,n\nJosé,1\nÉmile,2\n'),
    Buffer.from([0xe9, 0x6c]),
    Buffer.from(',3\nZoë,4\n'),
  ]);
  const { columns, rejects } = await importText(content);
  expect(columns).toEqual({ name: ['José', 'Émile', 'Zoë'], n: [1n, 2n, 4n] });
  expect(rejects).toEqual([
    { line: 4, column: null, reason: 'bytes that are not valid UTF-8', text: '\ufffdl,3' },
  ]);
});

test('ragged rows, with the right lines after line breaks in quotes', async () => {
  const { columns, rejects } = await importText('a,b\r\n1,"x\r\ny"\r\n2\r\n3,p,q\r\n"4"z,w\r\n\r\n5,v\r\n');
  expect(columns).toEqual({ a: [1n, 5n], b: ['x\r\ny', 'v'] });
  expect(rejects).toEqual([
    { line: 4, column: null, reason: 'expected 2 fields, found 1', text: '2' },
    { line: 5, column: null, reason: 'expected 2 fields, found 3', text: '3,p,q' },
    { line: 6, column: null, reason: 'text after a closing quote', text: '"4"z,w' },
  ]);
});

test('values that do not fit the chosen type', async () => {
  const text =
    'id,day,ok\n1,2024-02-29,true\n2.5,2024-01-01,no\n3,2023-02-29,yes\n4,2024-01-02,maybe\n99999999999999999999,2024-01-03,1\n';
  const { columns, rejects } = await importText(text, {
    columns: { id: { type: 'int64' }, day: { type: 'date' }, ok: { type: 'bool' } },
  });
  expect(columns).toEqual({ id: [1n], day: [19782], ok: [true] });
  expect(rejects.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [3, 'id', 'expected a whole number, got "2.5"'],
    [4, 'day', 'expected a date, got "2023-02-29"'],
    [5, 'ok', 'expected a true or false, got "maybe"'],
    [6, 'id', 'expected a whole number, got "99999999999999999999"'],
  ]);
});

test('no row fits', async () => {
  expect(await refusal(fileOf('a,b\nx,y\n'), { columns: { a: { type: 'int64' } } })).toEqual({
    code: 'csv-no-row-fits',
    message: '"FILE": none of its 1 rows fits. The first, on line 2: expected a whole number, got "x"',
  });
});

test('onReject stop refuses at the first', async () => {
  expect(await refusal(fileOf('a,b\n1,2\n3\n'), { onReject: 'stop' })).toEqual({
    code: 'csv-row-rejected',
    message: '"FILE", line 3: expected 2 fields, found 1; nothing was imported',
  });
});

test('options for columns and dates that cannot be', async () => {
  expect(await refusal(fileOf('a\n1\n'), { columns: { b: { type: 'utf8' } } })).toEqual({
    code: 'column-not-found',
    message: 'there is no column "b" in "FILE"; it has a',
  });
  expect(await refusal(fileOf('a\n1\n'), { dateFormat: '%d.%m' })).toMatchObject({
    code: 'date-format-invalid',
  });
});

test('a column without values is text, and says so', async () => {
  const { schema, notes } = await importText('a,b\n1,\n2,\n');
  expect(schema).toEqual(['a int64', 'b utf8']);
  expect(notes).toEqual(['column "b": no values at all, so taken for text']);
});

test('an aborted import stops and says so', async () => {
  const path = fileOf(`a,b\n${'1,2\n'.repeat(100_000)}`);
  const { importDelimited } = await import('./import-delimited.ts');
  const { createMemoryObjects } = await import('../../snapshot/memory-objects.ts');
  const controller = new AbortController();
  const running = importDelimited(
    { path, options: {} },
    {
      writer: createMemoryObjects(),
      signal: controller.signal,
      progress: () => controller.abort(),
      log: () => undefined,
    },
  );
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

const names = (count: number): string => Array.from({ length: count }, (_, i) => `column number ${i}`).join();
const ones = (count: number): string => Array.from({ length: count }, () => '1').join();

test('a head line longer than the sample is read, or refused for what it is', async () => {
  // 200 kB of names and more.
  const { schema } = await importFrom(fileOf(`${names(9_999)}\n${ones(9_999)}\n`));
  expect(schema).toHaveLength(9_999);
  expect(await refusal(fileOf(`${names(100_000)}\n${ones(100_000)}\n`))).toEqual({
    code: 'csv-too-many-columns',
    message: '"FILE" has 100,000 columns; at most 10,000 can be imported',
  });
  expect(await refusal(fileOf('a'.repeat(17 * 2 ** 20)))).toMatchObject({ code: 'csv-row-too-long' });
});

test.each(['t\ncaf\xe9\n', 't\ncaf\xe9'])(
  'Latin-1 that ends like a cut character is Latin-1: %j',
  async (text) => {
    const { notes } = await importFrom(fileOf(Buffer.from(text, 'latin1')));
    expect(notes.join()).toContain('read as Windows-1252');
  },
);
