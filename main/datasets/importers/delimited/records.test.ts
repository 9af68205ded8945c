import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBatches } from './batches.ts';
import { fieldForm, recordFault, unescapeInto, type Dialect } from './records.ts';
import type { TextSource } from './source.ts';

const dialect: Dialect = { delimiter: 44, quote: 34, escape: 34, newline: 10 };

/** A text handed out in pieces of these sizes, over and over. */
function piecewise(bytes: Uint8Array, sizes: readonly number[]): TextSource {
  let at = 0;
  let turn = 0;
  return {
    next() {
      if (at >= bytes.length) return Promise.resolve(undefined);
      const piece = bytes.subarray(at, at + sizes[turn++ % sizes.length]!);
      at += piece.length;
      return Promise.resolve(piece);
    },
    position: () => at,
    digest: () => '',
  };
}

interface Cut {
  readonly line: number;
  readonly found: number;
  readonly fault: number;
  readonly raw: string;
  readonly fields: string[];
}

async function cut(text: string, sizes: readonly number[], width: number): Promise<Cut[]> {
  const bytes = new TextEncoder().encode(text);
  const records: Cut[] = [];
  const context = { path: 'x', signal: new AbortController().signal, state: { line: 1, blank: 0 } };
  for await (const batch of readBatches(piecewise(bytes, sizes), dialect, width, context)) {
    for (let row = 0; row < batch.count; row++) {
      const fields = Array.from({ length: Math.min(width, batch.found[row]!) }, (_, column) => {
        const index = row * width + column;
        const [start, end] = [batch.starts[index]!, batch.ends[index]!];
        const plain = new Uint8Array(end - start);
        const escaped = batch.quotes && batch.forms[index] === fieldForm.escaped;
        const length = escaped
          ? unescapeInto(plain, 0, batch.bytes, start, end, dialect.escape)
          : end - start;
        return new TextDecoder().decode(
          escaped ? plain.subarray(0, length) : batch.bytes.subarray(start, end),
        );
      });
      const raw = new TextDecoder().decode(batch.bytes.subarray(batch.froms[row], batch.tos[row]));
      records.push({
        line: batch.lines[row]!,
        found: batch.found[row]!,
        fault: batch.faults[row]!,
        raw,
        fields,
      });
    }
  }
  return records;
}

/** RFC 4180, character by character: what `cutRecords` must agree with on well-formed texts. */
function plainCut(text: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      fields.push(field);
      field = '';
    } else if (char === '\n') {
      records.push([...fields, field.replace(/\r$/, '')]);
      fields = [];
      field = '';
    } else field += char;
  }
  if (field !== '' || fields.length > 0) records.push([...fields, field]);
  return records;
}

const field = fc.string({ unit: fc.constantFrom('a', 'é', '-', ' ', ',', '"', '\n', '\r\n', '1') });
const quotedField = field.map((text) => `"${text.replaceAll('"', '""')}"`);
const plainField = fc.string({ unit: fc.constantFrom('a', 'é', '-', ' ', '1', '.', '+') });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const tables = (kind: fc.Arbitrary<string>) =>
  fc.tuple(
    fc.array(fc.array(kind, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  );

test.each([
  ['quoted', fc.oneof(quotedField, plainField)],
  ['plain', plainField],
])('%s records are cut as RFC 4180 says, wherever the pieces of the file end', async (_, kind) => {
  await fc.assert(
    fc.asyncProperty(tables(kind), sizes, async ([rows, end, open], split) => {
      const text = rows.map((row) => row.join(',')).join(end) + (open ? '' : end);
      const records = await cut(text, split, 3);
      expect(records.map(({ fields }) => fields)).toEqual(plainCut(text).map((fields) => fields.slice(0, 3)));
      expect(records.map(({ found }) => found)).toEqual(rows.map((row) => row.length));
      expect(records.map(({ fault }) => fault)).toEqual(
        rows.map(({ length }) =>
          length < 3 ? recordFault.tooFew : length > 3 ? recordFault.tooMany : recordFault.none,
        ),
      );
      expect(records.map(({ raw }) => raw)).toEqual(rows.map((row) => row.join(',')));
      const lines = rows.map(
        (_row, i) =>
          1 +
          rows
            .slice(0, i)
            .map((row) => row.join(','))
            .join(end)
            .split('\n').length -
          (i === 0 ? 1 : 0),
      );
      expect(records.map(({ line }) => line)).toEqual(lines);
    }),
    { numRuns: 300 },
  );
});

test('a delimiter next to a byte that differs from it in the last bit', async () => {
  // 0x2c is the comma, 0x2d the minus: the usual test for zero bytes four at a time mixes them up.
  expect((await cut(',-,-5\n-,,-\n', [1000], 3)).map(({ fields }) => fields)).toEqual([
    ['', '-', '-5'],
    ['-', '', '-'],
  ]);
});
