import { expect, test } from 'vitest';
import { predictionCsv } from './prediction-csv.ts';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('numbers are written so that they come back the same', () => {
  const values = Float64Array.of(0.1 + 0.2, -0, 1e21, 59222, 5e-324);
  const lines = textOf(predictionCsv({ rows: 5, classes: [], values }))
    .trimEnd()
    .split('\n');
  expect(lines[0]).toBe('prediction');
  expect(lines.slice(1).map(Number)).toEqual([0.30000000000000004, 0, 1e21, 59222, 5e-324]);
});

test('classes with awkward names are quoted', () => {
  const predictions = {
    rows: 2,
    classes: ['a, "b"', 'plain'],
    values: Float64Array.of(0.75, 0.25, 0.5, 0.5),
  };
  expect(textOf(predictionCsv(predictions))).toBe(
    'prediction,"probability_a, ""b""",probability_plain\n"a, ""b""",0.75,0.25\n"a, ""b""",0.5,0.5\n',
  );
});

test('every row is written, beyond one chunk too, and none is an empty file', () => {
  const rows = 25_001;
  const text = textOf(
    predictionCsv({ rows, classes: [], values: Float64Array.from({ length: rows }, (_, i) => i) }),
  );
  expect(text.split('\n').length).toBe(rows + 2);
  expect(text.endsWith('\n25000\n')).toBe(true);
  expect(textOf(predictionCsv({ rows: 0, classes: [], values: new Float64Array(0) }))).toBe('prediction\n');
});
