import { DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../snapshot/write-snapshot.ts';
import { fileOf, importFrom } from './import-text.fixture.ts';

/**
 * The same files read by DuckDB, with the dialect and types given, must have the same values. Only texts on which DuckDB
 * is exact are made: it rounds 4.7 to a whole number, takes 1_000 and 1e400, and drops zones, where we refuse.
 */
const duckTypes = {
  bool: 'BOOLEAN',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  utf8: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMPTZ',
};

const dates = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((moment) => moment.toISOString());

/** Texts of values by type. */
const texts: Record<'bool' | 'int64' | 'float64' | 'utf8' | 'date' | 'timestamp', fc.Arbitrary<string>> = {
  bool: fc.constantFrom('true', 'false', 'TRUE', 'False'),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  float64: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.integer(), fc.nat(999_999)).map(([whole, part]) => `${whole}.${part}`),
  ),
  utf8: fc.string({
    unit: fc.constantFrom('a', 'é', '😀', ' ', ',', ';', '"', '\n', "'", '\t', '|', '0', '\\'),
  }),
  date: dates.map((iso) => iso.slice(0, 10)),
  timestamp: fc
    .tuple(dates, fc.nat(999_999))
    .map(([iso, micros]) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${String(micros).padStart(6, '0')}`),
};
const kinds = ['bool', 'int64', 'float64', 'utf8', 'date', 'timestamp'] as const;

const files = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n'),
    rows: fc.integer({ min: 1, max: 30 }),
    columns: fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 5 }),
  })
  .chain(({ delimiter, end, rows, columns }) =>
    fc
      .tuple(...columns.map((kind) => fc.array(fc.option(texts[kind]), { minLength: rows, maxLength: rows })))
      .map((cells) => ({ delimiter, end, rows, columns, cells })),
  );

function field(kind: string, text: string | null): string {
  if (text === null) return '';
  return kind === 'utf8' ? `"${text.replaceAll('"', '""')}"` : text;
}

test('random tables have the values that DuckDB reads', async () => {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '1',
  });
  const duck = await instance.connect();
  await fc.assert(
    fc.asyncProperty(files, async ({ delimiter, end, rows, columns, cells }) => {
      const names = columns.map((_, i) => `c${i}`);
      const lines = Array.from({ length: rows }, (_, row) =>
        columns.map((kind, i) => field(kind, cells[i]?.[row] ?? null)).join(delimiter),
      );
      const path = fileOf([names.join(delimiter), ...lines].join(end) + end);
      const types = columns.map((kind, i) => `'c${i}': '${duckTypes[kind]}'`).join(', ');
      const result = await duck.runAndReadAll(
        `SELECT ${names.map((name, i) => asCell(name, columns[i]!)).join(', ')} FROM read_csv('${path}', auto_detect = false,
          header = true, delim = '${delimiter}', quote = '"', escape = '"', new_line = '${end === '\n' ? '\\n' : '\\r\\n'}',
          columns = {${types}}, nullstr = '', allow_quoted_nulls = false, parallel = false)`,
      );
      const ours = await importFrom(path, {
        delimiter,
        quote: '"',
        escape: '"',
        header: true,
        encoding: 'utf-8',
        nullTokens: [''],
        columns: Object.fromEntries(columns.map((type, i) => [`c${i}`, { type }])),
      });
      expect(ours.rejected).toBe(0);
      const theirs = result.getColumns();
      names.forEach((name, i) => expect(ours.columns[name], name).toEqual(theirs[i]));
    }),
    { numRuns: 120 },
  );
  duck.closeSync();
  instance.closeSync();
});

/** SQL that gives a column in the units of a snapshot. */
function asCell(name: string, kind: (typeof kinds)[number]): string {
  if (kind === 'date') return `(${name} - DATE '1970-01-01')::INTEGER AS ${name}`;
  return kind === 'timestamp' ? `epoch_us(${name}) AS ${name}` : name;
}

test('decimals are rounded correctly, as by Number()', async () => {
  const decimals = fc.sample(
    fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: -330, max: 280 }))
      .map(([m, e]) => `${m}e${e}`),
    2000,
  );
  const plain = fc.sample(
    fc.tuple(fc.nat(99_999_999), fc.nat(99_999_999)).map(([a, b]) => `${a}.${b}`),
    2000,
  );
  const values = [...decimals, ...plain];
  const { columns } = await importFrom(fileOf(`x,y\n${values.map((text) => `${text},1`).join('\n')}\n`));
  expect(columns['x']).toEqual(values.map((text): Cell => Number(text)));
});
