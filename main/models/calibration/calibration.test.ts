import { describe, expect, test } from 'vitest';
import { createOnnxGraph, runOnnx } from '../../platform/onnx/index.ts';
import { calibrated, calibrationOnnx, fitCalibration, type Calibration } from './calibration.ts';
import { alongCurve, isotonic, thinned } from './isotonic.ts';
import { platt } from './platt.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

describe(`values of ${fixture['made with']}`, () => {
  test.each(fixture.cases)('$probabilities.length rows', (example) => {
    const p = Float64Array.from(example.probabilities);
    const truth = Uint8Array.from(example.truth);
    const weights = example.weights === null ? undefined : Float64Array.from(example.weights);
    const { a, b } = platt(
      p.map((value) => Math.log(value / (1 - value))),
      truth,
      weights,
    );
    expect(a).toBeCloseTo(example.platt[0]!, 8);
    expect(b).toBeCloseTo(example.platt[1]!, 8);
    const curve = isotonic(p, Float64Array.from(truth), weights);
    example.grid.forEach((at, i) => expect(alongCurve(curve, at)).toBeCloseTo(example.isotonic[i]!, 9));
    const few = thinned(curve, 0.005);
    expect(few.x.length).toBeLessThanOrEqual(201);
    few.x.slice(1).forEach((x, i) => expect(x - few.x[i]!).toBeGreaterThan(0.004999));
    few.y.slice(1).forEach((y, i) => expect(y).toBeGreaterThanOrEqual(few.y[i]!));
  });
});

/** Rows of probabilities that are bent, and the truth drawn from straight ones. */
function rowsOf(width: number, rows: number) {
  const codes = Int32Array.from({ length: rows }, (_, i) => (i * 7 + (i >> 3)) % width);
  const probabilities = new Float64Array(rows * width);
  codes.forEach((code, row) => {
    const raw = Array.from(
      { length: width },
      (_, k) => 0.2 + ((row * 31 + k * 17) % 23) / 23 + (k === code ? 0.6 : 0),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    raw.forEach((value, k) => (probabilities[row * width + k] = value / sum));
  });
  return { classes: Array.from({ length: width }, (_, k) => `c${k}`), probabilities, codes };
}

test.each([
  ['platt', 2],
  ['platt', 3],
  ['isotonic', 2],
  ['isotonic', 4],
] as const)('%s of %i classes: rows add up to 1, log loss falls, ONNX agrees', async (method, width) => {
  const rows = rowsOf(width, 400);
  const calibration = fitCalibration(method, rows);
  const honest = calibrated(calibration, rows.probabilities, width);
  const loss = (p: Float64Array) =>
    rows.codes.reduce((sum, code, row) => sum - Math.log(Math.max(1e-9, p[row * width + code]!)), 0);
  expect(loss(honest)).toBeLessThan(loss(rows.probabilities));
  for (let row = 0; row < 400; row++) {
    expect(honest.subarray(row * width, (row + 1) * width).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  }
  const edges = Float64Array.from([...rows.probabilities, ...rows.classes.map((_, k) => Number(k === 0))]);
  expect(await throughOnnx(calibration, edges, width)).toBeLessThan(1e-9);
});

async function throughOnnx(
  calibration: Calibration,
  probabilities: Float64Array,
  width: number,
): Promise<number> {
  const graph = createOnnxGraph('calibration');
  const inputs = Array.from({ length: width }, (_, k) => graph.input(`p${k}`, 'double'));
  calibrationOnnx(calibration, graph, inputs).forEach((value, k) => graph.output(`q${k}`, value, 'double'));
  const rows = probabilities.length / width;
  const columns = inputs.map((_, k) => [
    `p${k}`,
    Float64Array.from({ length: rows }, (__, row) => probabilities[row * width + k]!),
  ]);
  const outputs = await runOnnx(graph.finish(), Object.fromEntries(columns) as Record<string, Float64Array>);
  const native = calibrated(calibration, probabilities, width);
  let worst = 0;
  for (let k = 0; k < width; k++) {
    const said = outputs[`q${k}`]!.data;
    for (let row = 0; row < rows; row++)
      worst = Math.max(worst, Math.abs(Number(said[row]) - native[row * width + k]!));
  }
  return worst;
}

test('a class without rows to learn from is named', () => {
  expect(() =>
    fitCalibration('platt', {
      classes: ['no', 'yes'],
      probabilities: new Float64Array(6),
      codes: new Int32Array(3),
    }),
  ).toThrow('of 3 rows to learn it from, none of them are of class "yes"');
});
