import { expect, test } from 'vitest';
import { inspectDelimited } from './inspect-delimited.ts';
import { fileOf, importText } from './import-text.fixture.ts';

const day = 86_400_000_000n;

test.each<[string, string, string]>([
  ['whole numbers', '1\n-2\n+3\n0', 'int64'],
  ['decimals among them', '1\n2.5\n-3e-7', 'float64'],
  ['not-a-number and infinities spelled out', '1.5\ninf\n-Infinity', 'float64'],
  ['codes with leading zeros', '00123\n00456\n12345', 'utf8'],
  ['zip codes with a letter', 'z95838\nz95823', 'utf8'],
  ['numbers beyond 64 bits', '123456789012345678901\n5', 'utf8'],
  ['truth', 'true\nFALSE\nTrue', 'bool'],
  ['yes and no are categories', 'yes\nno', 'utf8'],
  ['ISO dates', '2024-02-29\n1999-12-31', 'date'],
  ['dates with dots', '29.02.2024\n01.12.1999', 'date'],
  ['days above 12 settle the order', '31/01/2024\n01/02/2024', 'date'],
  ['days below 13 do not', '01/02/2024\n03/04/2024', 'utf8'],
  ['dates and times with slashes', '31/01/2024 13:05\n01/02/2024 00:00', 'timestamp'],
  ['times in two halves of the day', '1/31/2024 1:05:59 PM\n2/1/2024 12:00:00 AM', 'timestamp'],
  ['months in words', '31-Jan-24\n1-Feb-24', 'date'],
  ['years of two digits', '1/31/24\n2/1/24', 'date'],
  ['years of two digits that could be days', '1/2/24\n11/12/23', 'utf8'],
  ['versions', '1.2.10\n1.10.12', 'utf8'],
  ['a date that does not exist', '2023-02-29\n2023-02-28', 'utf8'],
  ['times', '2024-02-29 13:05\n2024-02-29T13:05:59.123456', 'timestamp'],
  ['times and dates', '2024-02-29 13:05\n2024-03-01', 'timestamp'],
  ['times with a zone', '2024-02-29T13:05:00Z\n2024-02-29 13:05:00+02:00', 'timestamptz'],
  ['times with and without a zone', '2024-02-29T13:05:00Z\n2024-02-29T13:05:00', 'utf8'],
  ['finer than a microsecond', '2024-02-29T13:05:00.1234567', 'utf8'],
  ['thousands separators', '1,234\n5,678', 'utf8'],
])('%s', async (_, values, type) => {
  const { schema, rejected } = await importText(`x;y\n${values.replaceAll('\n', ';a\n')};a\n`, {
    delimiter: ';',
  });
  expect(schema[0]).toBe(`x ${type}`);
  expect(rejected).toBe(0);
});

test('values are exact', async () => {
  const { columns } = await importText(
    'i,f,d,t,z,b\n9223372036854775807,0.1,1969-12-31,1969-12-31T23:59:59.999999,2024-01-01T00:00+05:30,true\n' +
      '-9223372036854775808,-0,0001-01-01,9999-12-31 23:59:59.999999,2024-01-01T00:00:00Z,false\n' +
      '9007199254740993,123456789.12345678,9999-12-31,2024-02-29 00:00,1900-01-01 00:00-00:30,TRUE\n',
  );
  expect(columns).toEqual({
    i: [9223372036854775807n, -9223372036854775808n, 9007199254740993n],
    f: [0.1, -0, 123456789.12345678],
    // Days by Python's date.toordinal() - 719163.
    d: [-1, -719162, 2932896],
    t: [-1n, 253402300799999999n, 19782n * day],
    z: [19723n * day - 19_800_000_000n, 19723n * day, -25567n * day + 1_800_000_000n],
    b: [true, false, true],
  });
});

test('words for missing values that stay texts are named, unless it was said what is missing', async () => {
  const words = `city,n\nRome,1\nN/A,2\nOslo,3\nnone,4\n`;
  const { notes, columns } = await importText(words);
  expect(columns['city']).toEqual(['Rome', 'N/A', 'Oslo', 'none']);
  expect(notes).toEqual([
    'column "city": "N/A", "none" kept as text; if they mean a missing value, say so with nullTokens',
  ]);
  const said = await importText(words, { nullTokens: ['N/A'] });
  expect(said.columns['city']).toEqual(['Rome', null, 'Oslo', 'none']);
  expect(said.notes).toEqual([]);
});

test('quoted and unquoted empties and words', async () => {
  const { columns } = await importText('name,n\n"",1\n,2\n"NA",NA\nNA,""\n', { nullTokens: ['NA'] });
  expect(columns).toEqual({ name: ['', null, 'NA', null], n: [1n, 2n, null, null] });
});

test('a missing word counts where the column shows it', async () => {
  const shown = await importText('n,t\n1,x\nNA,NA\n3,y\n');
  expect(shown.schema).toEqual(['n int64', 't utf8']);
  expect(shown.columns).toEqual({ n: [1n, null, 3n], t: ['x', null, 'y'] });
  expect(shown.notes).toEqual(['unquoted "NA" taken for missing']);
  const text = await importText('country,t\nDE,x\nNA,z\nFR,y\n');
  expect(text.columns['country']).toEqual(['DE', 'NA', 'FR']);
  const told = await importText('n,t\n1,x\nNA,NA\n3,y\n', { nullTokens: [''] });
  expect(told.schema).toEqual(['n utf8', 't utf8']);
});

test('spaces around numbers are allowed, in text they stay', async () => {
  const { columns } = await importText('n,t\n 1 , a \n2,b\n');
  expect(columns).toEqual({ n: [1n, 2n], t: [' a ', 'b'] });
});

test.each<[string, string | Uint8Array, Record<string, unknown>]>([
  ['comma', 'a,b\n1,x\n2,y\n', { delimiter: ',', lineEnding: 'LF' }],
  ['tab, CRLF', 'a\tb\r\n1\tx\r\n2\ty\r\n', { delimiter: '\t', lineEnding: 'CRLF' }],
  ['semicolon, decimal comma', 'a;b\n1,5;x\n2,25;y\n', { delimiter: ';', decimal: ',' }],
  ['pipe', 'a|b\n1|x,y\n2|y,z\n', { delimiter: '|' }],
  ['old Macintosh', 'a,b\r1,x\r2,y\r', { lineEnding: 'CR' }],
  ['single quotes', "a,b\n1,'x,y'\n2,'it''s'\n", { quote: "'" }],
  ['backslash escapes', 'a,b\n1,"say \\"hi\\" now"\n2,"x"\n', { escape: '\\' }],
  ['UTF-8 with a mark', '\ufeffa,b\n1,é\n', { encoding: 'utf-8' }],
  ['UTF-16 LE with a mark', Buffer.from('\ufeffa,b\n1,é\n', 'utf16le'), { encoding: 'utf-16le' }],
  ['UTF-16 BE with a mark', Buffer.from('\ufeffa,b\n1,é\n', 'utf16le').swap16(), { encoding: 'utf-16be' }],
  ['UTF-16 LE without', Buffer.from('alpha,beta\n1,x\n2,y\n', 'utf16le'), { encoding: 'utf-16le' }],
  ['Windows-1252', Buffer.from('a,b\n1,caf\xe9 \x80\n', 'latin1'), { encoding: 'windows-1252' }],
  ['numbers in the first line are no names', '1,2\n3,4\n', { header: false }],
  ['years beside a column of numbers with a name', 'id,2019,2020\n1,5,6\n2,7,8\n', { header: true }],
  ['names that read as numbers', 'size,nan,inf\n1,2,3\n4,5,inf\n', { header: true }],
  ['years as names of text', '2019,2020\nx,y\nz,w\n', { header: true }],
])('detects: %s', async (_, content, detected) => {
  const found = await inspectDelimited({ path: fileOf(content), options: {} });
  expect(found.detected).toMatchObject(detected);
});

test('a first line taken for data is said', async () => {
  const content = 'country,2019,2020\nFrance,1,2\nSpain,3,4\n';
  const { notes } = await inspectDelimited({ path: fileOf(content), options: {} });
  expect(notes).toEqual([
    'the first line looks like data, not like names, so its columns are column_1 to column_3; if it holds names, import it with header: true',
  ]);
  for (const header of [true, false]) {
    const chosen = await inspectDelimited({ path: fileOf(content), options: { header } });
    expect(chosen.notes).toEqual([]);
  }
});

test('detected encodings decode', async () => {
  const content = Buffer.from('a,b\n1,caf\xe9 \x80\n', 'latin1');
  expect((await importText(content)).columns).toEqual({ a: [1n], b: ['café €'] });
  const wide = Buffer.from('\ufeffa,b\n1,é😀\n', 'utf16le').swap16();
  expect((await importText(wide)).columns).toEqual({ a: [1n], b: ['é😀'] });
  const single = await importText("a,b\n1,'x,y'\n2,'it''s'\n");
  expect(single.columns['b']).toEqual(['x,y', "it's"]);
  const slashed = await importText('a,b\n1,"say \\"hi\\" now"\n2,"x"\n');
  expect(slashed.columns['b']).toEqual(['say "hi" now', 'x']);
  const comma = await importText('a;b\n1,5;x\n2,25;y\n');
  expect(comma.columns['a']).toEqual([1.5, 2.25]);
});

test('inspect shows what import does', async () => {
  const found = await inspectDelimited({
    path: fileOf('code,price,when\n007,1.5,31/01/2024\n008,NA,01/02/2024\n'),
    options: {},
  });
  expect(found).toMatchObject({
    file: { name: 'table.csv', size: 53 },
    detected: { header: true, nullTokens: ['', 'NA'], dateFormat: '%d/%m/%Y' },
    columns: [
      { name: 'code', type: 'utf8', examples: ['007', '008'], missing: 0 },
      { name: 'price', type: 'float64', examples: ['1.5'], missing: 1, note: null },
      { name: 'when', type: 'date', examples: ['31/01/2024', '01/02/2024'] },
    ],
    rows: [
      ['007', '1.5', '31/01/2024'],
      ['008', null, '01/02/2024'],
    ],
  });
  expect(found.columns[0]?.note).toBe('digits with leading zeros such as "007" are codes, so kept as text');
});

test('formats of dates can be given', async () => {
  const { columns, rejects } = await importText(
    'd,t\n03/04/2024,Apr 3 2024 01:05 pm\n13/04/2024,Apr 4 2024 12:00 am\n99/99/2024,x\n',
    {
      columns: {
        d: { type: 'date', format: '%d/%m/%Y' },
        t: { type: 'timestamp', format: '%b %d %Y %I:%M %p' },
      },
    },
  );
  expect(columns).toEqual({ d: [19816, 19826], t: [19816n * day + 47_100_000_000n, 19817n * day] });
  expect(rejects).toMatchObject([
    { line: 4, column: 'd', reason: 'expected a date of the form %d/%m/%Y, got "99/99/2024"' },
  ]);
});

test('what the sample did not show is found all the same', async () => {
  const head = Array.from({ length: 120_000 }, (_, i) => `${i},${i},,plain`);
  // Text as long as this lies beyond the head; one line cannot be met by a window except by luck.
  const lines = [...head];
  lines[70_001] = '70001,0.5,2024-01-01,NA';
  const { schema, columns, rejected } = await importText(`id,n,late,t\n${lines.join('\n')}\n`);
  expect(schema).toEqual(['id int64', 'n float64', 'late date', 't utf8']);
  expect(rejected).toBe(0);
  expect(columns['n']?.[70_001]).toBe(0.5);
  expect(columns['late']?.[70_001]).toBe(19723);
});

test('a few misfits in a large column are rejected wherever they stand', async () => {
  const lines = Array.from({ length: 120_000 }, (_, i) => `${i},${i / 4}`);
  lines[5] = '5,oops';
  lines[100_000] = '100000,n.d.';
  const { schema, rejects, notes } = await importText(`id,x\n${lines.join('\n')}\n`);
  expect(schema).toEqual(['id int64', 'x float64']);
  expect(rejects).toEqual([
    { line: 7, column: 'x', reason: 'expected a number, got "oops"', text: '5,oops' },
    { line: 100_002, column: 'x', reason: 'expected a number, got "n.d."', text: '100000,n.d.' },
  ]);
  expect(notes).toEqual([
    'column "x": 2 of the values looked at are no number, such as "oops" (line 7), "n.d." (line 100002); such rows are rejected. Take the column as text to keep them',
    '2 of 120000 rows (0.0 %) did not fit and were left out; they are listed with line and reason',
  ]);
});

test('accents beyond the sample turn an ASCII file into Windows-1252', async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},x`);
  lines[140_003] = '140003,caf\xe9';
  const { columns, rejected } = await importText(Buffer.from(`id,t\n${lines.join('\n')}\n`, 'latin1'));
  expect(rejected).toBe(0);
  expect(columns['t']?.[140_003]).toBe('café');
});

test('a date format for the whole file is for the columns it fits', async () => {
  const content = 'iso,day,t,compact,id\n2024-02-29,03/04/2024,03/04/2024 13:05,20240229,99999999\n';
  const slashed = await importText(content, { dateFormat: '%d/%m/%Y' });
  expect(slashed.schema).toEqual(['iso date', 'day date', 't utf8', 'compact int64', 'id int64']);
  expect(slashed.columns).toMatchObject({ iso: [19782], day: [19816] });
  const timed = await importText(content, { dateFormat: '%d/%m/%Y %H:%M' });
  expect(timed.schema).toEqual(['iso date', 'day utf8', 't timestamp', 'compact int64', 'id int64']);
  expect(timed.columns['t']).toEqual([19816n * day + 47_100_000_000n]);
  const compact = await importText(content, { dateFormat: '%Y%m%d' });
  expect(compact.schema).toEqual(['iso date', 'day utf8', 't utf8', 'compact date', 'id int64']);
  expect(compact.columns['compact']).toEqual([19782]);
  const chosen = await importText(content, {
    dateFormat: '%m/%d/%Y',
    columns: { iso: { type: 'timestamp' } },
  });
  expect(chosen.columns).toMatchObject({ iso: [19782n * day], day: [19786] });
});

const dressed = (text: string): string =>
  `numbers written such as "${text}", with marks between thousands, a currency or a percent sign, are not read as numbers, so kept as text`;

test('what nearly is a number or a date says why it is text', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},$${i}.50,"1,${100 + i}",${i}%,2024-01-${10 + i}`);
  const { schema, notes } = await importText(
    `n,price,big,share,when\n${rows.join('\n')}\nTotal,$9,"9,999",9%,later\n`,
  );
  expect(schema).toEqual(['n utf8', 'price utf8', 'big utf8', 'share utf8', 'when utf8']);
  expect(notes).toEqual([
    'column "n": 20 of 21 values looked at are numbers, but not "Total" (line 22), so kept as text',
    `column "price": ${dressed('$0.50')}`,
    `column "big": ${dressed('1,100')}`,
    `column "share": ${dressed('0%')}`,
    'column "when": 20 of 21 values looked at are dates, but not "later" (line 22), so kept as text',
  ]);
});
