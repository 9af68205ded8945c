import { tableFromArrays, tableToIPC } from 'apache-arrow';
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
