import {
  Table,
  tableFromArrays,
  tableToIPC,
  TimestampMicrosecond,
  vectorFromArray,
  type Timestamp,
} from 'apache-arrow';
import { expect, test } from 'vitest';
import { decodeTable } from './arrow-rows.ts';

test('what JSON has no number for becomes text', () => {
  const bytes = tableToIPC(
    tableFromArrays({
      ratio: new Float64Array([0.5, Infinity, -Infinity]),
      key: new BigInt64Array([1n, 9_007_199_254_740_991n, 9_007_199_254_740_993n]),
    }),
    'stream',
  );
  expect(JSON.parse(JSON.stringify(decodeTable(bytes).rows))).toEqual([
    [0.5, 1],
    ['Infinity', 9_007_199_254_740_991],
    ['-Infinity', '9007199254740993'],
  ]);
});

test('moments are told to the microsecond, before 1970 too, and years beyond those that floating point holds', () => {
  const texts = [
    '2020-01-01T10:00:00.123456',
    '2020-01-01T10:00:00.120',
    '1969-12-31T23:59:59.999999',
    '5000-01-01T00:00:00.000001',
  ];
  expect(decodeTable(moments(null)).rows.flat()).toEqual([...texts, null]);
  expect(decodeTable(moments('UTC')).rows.flat()).toEqual([...texts.map((text) => `${text}Z`), null]);
});

function moments(zone: string | null): Uint8Array {
  const type = new TimestampMicrosecond(zone) as Timestamp;
  const at = vectorFromArray([0, 0, 0, 0, null], type);
  const { values } = at.data[0]!;
  values.set([1_577_872_800_123_456n, 1_577_872_800_120_000n, -1n, 95_617_584_000_000_001n]);
  return tableToIPC(new Table({ at }), 'stream');
}
