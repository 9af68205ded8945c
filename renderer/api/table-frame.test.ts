import { expect, test } from 'vitest';
import { readTableFrame } from './table-frame.ts';

function frame(json: string, table: number[], length = new TextEncoder().encode(json).length): Uint8Array {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(4 + text.length + table.length);
  new DataView(bytes.buffer).setUint32(0, length, true);
  bytes.set(text, 4);
  bytes.set(table, 4 + text.length);
  return bytes;
}

test('the JSON and the table come apart', () => {
  const reply = readTableFrame(frame('{"rows":2,"name":"é"}', [1, 2, 3]));
  expect(reply.value).toEqual({ rows: 2, name: 'é' });
  expect([...reply.table]).toEqual([1, 2, 3]);
});

test('a view into a larger buffer is read from its own start', () => {
  const inner = frame('{}', [9]);
  const outer = new Uint8Array(inner.length + 7);
  outer.set(inner, 7);
  expect([...readTableFrame(outer.subarray(7)).table]).toEqual([9]);
});

test('a length beyond the end is refused', () => {
  expect(() => readTableFrame(frame('{}', [], 400))).toThrow(
    'table reply says 400 bytes of JSON but holds 2',
  );
  expect(() => readTableFrame(new Uint8Array(3))).toThrow('expected at least 4');
});
