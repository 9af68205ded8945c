import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '../../../../preload/contract/errors.ts';
import { importText, type Imported } from './import-text.fixture.ts';

/** The table, or the failure's code. Anything else that is thrown is a bug and goes on. */
async function attempt(content: string | Uint8Array): Promise<Imported | string> {
  try {
    return await importText(content);
  } catch (error) {
    if (error instanceof Failure && error.code !== 'internal') return error.code;
    throw error;
  }
}

test('any bytes are a table or a failure with a code', async () => {
  const pieces = fc.constantFrom(
    'a',
    '1',
    ',',
    ';',
    '\t',
    '"',
    "'",
    '\n',
    '\r',
    '\\',
    '.',
    '-',
    'NA',
    '\ufeff',
    'é',
    '😀',
    ' ',
  );
  const contents = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(pieces, { maxLength: 80 }).map((parts) => Buffer.from(parts.join(''))),
    fc.array(pieces, { maxLength: 80 }).map((parts) => Buffer.from(parts.join(''), 'utf16le')),
  );
  await fc.assert(
    fc.asyncProperty(contents, async (content) => {
      const result = await attempt(content);
      const what = typeof result === 'string' ? result : `table of ${result.schema.length}`;
      expect(what).toMatch(/^(?:csv|file)-|^table of [1-9]/);
    }),
    { numRuns: 600 },
  );
}, 60_000);

test('a sample with a few bytes changed, cut or repeated is a table or a failure with a code', async () => {
  const original = readFileSync(
    new URL('../../../../resources/samples/sacramento.csv', import.meta.url),
  ).subarray(0, 6000);
  const changes = fc.array(fc.tuple(fc.nat(5999), fc.nat(255), fc.constantFrom('set', 'cut', 'double')), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      let bytes = Buffer.from(original);
      for (const [at, value, how] of list) {
        const place = at % bytes.length;
        if (how === 'set') bytes[place] = value;
        else if (how === 'cut') bytes = bytes.subarray(0, Math.max(1, place));
        else bytes = Buffer.concat([bytes, bytes.subarray(place)]);
      }
      const result = await attempt(bytes);
      expect(typeof result === 'string' ? result : 'table').toMatch(/^(?:csv|file)-|^table$/);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('every line is a row, a reject, or blank: nothing is dropped in silence', async () => {
  const values = fc.constantFrom('1', '2.5', 'x', '', '2024-01-01', 'true', '007', 'NA', 'é');
  const lines = fc.array(fc.array(values, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n'), async (records, end) => {
      const texts = records.map((record) => record.join(','));
      const result = await attempt(['p,q,r', ...texts, ''].join(end));
      const blank = texts.filter((text) => text === '').length;
      const refused = typeof result === 'string' ? result : undefined;
      expect([undefined, 'csv-no-row-fits', 'csv-header-only']).toContain(refused);
      if (typeof result === 'string') return;
      const rows = Object.values(result.columns)[0]?.length ?? 0;
      expect(rows + result.rejected + blank).toBe(records.length);
      const ragged = texts.filter((text, i) => text !== '' && records[i]?.length !== 3).length;
      expect(result.rejected).toBe(ragged);
      expect(result.rejects.map(({ line }) => texts[line - 2])).toEqual(
        result.rejects.map(({ text }) => text),
      );
    }),
    { numRuns: 200 },
  );
}, 60_000);
