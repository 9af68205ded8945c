import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import fixture from './calibration.fixture.json' with { type: 'json' };
import { quantileBins } from './calibration.ts';
import { sampleByDensity } from './sample-by-density.ts';
import { thinCurve } from './thin-curve.ts';

describe(`calibration bins of ${fixture['made with']}`, () => {
  it.each(fixture.cases.map((example) => ({ ...example, rows: example.actual.length })))(
    '$rows rows',
    ({ probabilities, actual, observed, predicted }) => {
      const bins = quantileBins(Float64Array.from(probabilities), (row) => actual[row] === 1);
      expect(bins).toHaveLength(observed.length);
      bins.forEach((bin, i) => {
        expect(bin.said).toBeCloseTo(predicted[i]!, 12);
        expect(bin.happened).toBeCloseTo(observed[i]!, 12);
      });
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(actual.length);
    },
  );
});

describe('thinned curves', () => {
  it('keep both ends and every corner of a staircase', () => {
    const x = Float64Array.of(0, 0, 0.2, 0.2, 0.2, 0.5, 1);
    const y = Float64Array.of(0, 0.4, 0.4, 0.7, 0.9, 0.9, 1);
    expect(thinCurve({ x, y }, 500)).toEqual({ x: [...x], y: [...y] });
    expect(thinCurve({ x, y }, 6).x).toEqual([0, 0, 0.2, 0.2, 0.5, 1]);
  });

  it('stay within 0.002 of 200,000 points with 300 of them', () => {
    const n = 200_000;
    const x = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
    const y = x.map((value) => Math.sqrt(value));
    const thin = thinCurve({ x, y }, 300);
    expect(thin.x.length).toBeLessThanOrEqual(300);
    expect([thin.x[0], thin.x.at(-1)]).toEqual([0, 1]);
    for (let i = 1; i < thin.x.length; i++) {
      const middle = (thin.x[i - 1]! + thin.x[i]!) / 2;
      expect(Math.abs((thin.y[i - 1]! + thin.y[i]!) / 2 - Math.sqrt(middle))).toBeLessThan(0.002);
    }
  });

  it('survive one point', () => {
    expect(thinCurve({ x: Float64Array.of(0), y: Float64Array.of(1) })).toEqual({ x: [0], y: [1] });
  });
});

describe('density sampling', () => {
  const random = createRandom(7);
  const n = 50_000;
  const x = Float64Array.from({ length: n }, () => random.normal());
  const y = Float64Array.from({ length: n }, () => random.normal());
  x[123] = 40;
  y[123] = -40;

  it('keeps a lone point among fifty thousand, and the bound', () => {
    const chosen = sampleByDensity(x, y, 1500);
    expect(chosen.length).toBeGreaterThan(500);
    expect(chosen.length).toBeLessThanOrEqual(1500);
    expect(chosen).toContain(123);
    expect([...chosen]).toEqual([...chosen].toSorted((a, b) => a - b));
    expect(sampleByDensity(x, y, 1500)).toEqual(chosen);
  });

  it('keeps the bound when every cell is filled', () => {
    const u = Float64Array.from({ length: n }, () => random.uniform());
    const v = Float64Array.from({ length: n }, () => random.uniform());
    expect(sampleByDensity(u, v, 1500).length).toBeLessThanOrEqual(1500);
    expect(sampleByDensity(u, v, 1500).length).toBeGreaterThan(1000);
  });

  it('takes all of a few, and copes with equal and huge numbers', () => {
    expect(sampleByDensity(Float64Array.of(1, 1), Float64Array.of(2, 2))).toEqual(Int32Array.of(0, 1));
    const huge = Float64Array.from({ length: 5000 }, (_, i) => (i % 2 ? 1e308 : -1e308));
    expect(sampleByDensity(huge, huge, 100).length).toBeLessThanOrEqual(100);
  });
});
