import { describe, expect, it } from 'vitest';
import {
  fisherUpper,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  studentCdf,
  studentQuantile,
  studentTwoSided,
} from './distributions.ts';
import fixture from './distributions.fixture.json' with { type: 'json' };
import { quantiles } from './quantiles.ts';
import { erfc, logBeta, logGamma } from './special-functions.ts';

const functions: Record<string, { of: (...args: number[]) => number; cases: number[][] }> = {
  normalCdf: { of: at(normalCdf), cases: fixture.normalCdf },
  normalTwoSided: { of: at(normalTwoSided), cases: fixture.normalTwoSided },
  normalQuantile: { of: at(normalQuantile), cases: fixture.normalQuantile },
  studentTwoSided: { of: at(studentTwoSided), cases: fixture.studentTwoSided },
  studentQuantile: { of: at(studentQuantile), cases: fixture.studentQuantile },
  fisherUpper: { of: at(fisherUpper), cases: fixture.fisherUpper },
  logGamma: { of: at(logGamma), cases: fixture.logGamma },
  logBeta: { of: at(logBeta), cases: fixture.logBeta },
  erfc: { of: at(erfc), cases: fixture.erfc },
};

/** A function of one to three numbers as one of a list. */
function at(f: (a: number, b: number, c: number) => number): (...args: number[]) => number {
  return (...args) => f(args[0] ?? 0, args[1] ?? 0, args[2] ?? 0);
}

describe.each(Object.entries(functions))('%s', (_name, { of, cases }) => {
  it('agrees with mpmath (60 digits) to a relative 1e-10', () => {
    for (const row of cases) {
      const args = row.slice(0, -1);
      const expected = row.at(-1) ?? Number.NaN;
      const error = Math.abs(of(...args) - expected) / Math.max(Math.abs(expected), 1e-300);
      const near =
        Math.abs(of(...args) - expected) < 1e-14 && Math.abs(expected) < 1e-3 && _name === 'logGamma';
      expect({ args, expected, ok: error < 1e-10 || near, got: of(...args) }).toMatchObject({ ok: true });
    }
  });
});

describe('tails', () => {
  it('studentCdf is symmetric and ends at 0 and 1', () => {
    expect(studentCdf(-2, 7) + studentCdf(2, 7)).toBeCloseTo(1, 15);
    expect(studentCdf(-Infinity, 3)).toBe(0);
    expect(studentCdf(Infinity, 3)).toBe(1);
  });
  it('quantiles outside [0, 1] are not numbers', () => {
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(studentQuantile(1.1, 3)).toBeNaN();
  });
});

describe('quantiles', () => {
  it('agree with numpy (type 7)', () => {
    const got = quantiles(Float64Array.from(fixture.quantiles.values), fixture.quantiles.qs);
    got.forEach((value, i) => expect(value).toBeCloseTo(fixture.quantiles.expected[i]!, 14));
  });
});
