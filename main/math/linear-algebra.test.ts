import { describe, expect, it } from 'vitest';
import { createRandom } from '../platform/random.ts';
import {
  analyseRank,
  choleskySteps,
  createArrow,
  dot,
  factorArrow,
  finish,
  inverseSteps,
  moments,
  solveCholesky,
  sum,
} from './index.ts';

/** X'X of a random rows x n matrix, with the matrix. */
function randomGram(rows: number, n: number, seed: number): { x: Float64Array[]; gram: Float64Array } {
  const random = createRandom(seed);
  const x = Array.from({ length: n }, () => Float64Array.from({ length: rows }, () => random.normal()));
  return { x, gram: gramOf(x) };
}

function gramOf(x: readonly Float64Array[]): Float64Array {
  const n = x.length;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const a = x[i]!;
      gram[i * n + j] = dot(a, 0, x[j]!, 0, a.length);
    }
  }
  return gram;
}

describe('cholesky', () => {
  it.each([1, 3, 63, 64, 65, 130])('solves and inverts a %i x %i system', (n) => {
    const { gram } = randomGram(n + 40, n, n);
    const factor = gram.slice();
    expect(finish(choleskySteps(factor, n))).toBe(-1);
    const expected = Float64Array.from({ length: n }, (_, i) => Math.sin(i));
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) b[i] = dot(gram, i * n, expected, 0, n);
    solveCholesky(factor, n, b);
    b.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9));
    const inverse = finish(inverseSteps(factor, n));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(dot(gram, i * n, inverse, j * n, n)).toBeCloseTo(i === j ? 1 : 0, 9);
      }
    }
  });

  it('names the first row that is not positive definite', () => {
    expect(finish(choleskySteps(Float64Array.of(4, 0, 0, 2, 1, 0, 0, 0, 5), 3, 1e-14))).toBe(1);
    expect(finish(choleskySteps(Float64Array.of(1, 0, 0, -1), 2))).toBe(1);
    expect(finish(choleskySteps(Float64Array.of(Number.NaN), 1))).toBe(0);
  });
});

describe('arrow matrix', () => {
  it('solves, and gives the inverse diagonal, as the dense matrix does', () => {
    const m = 7;
    const s = 40;
    const n = m + s;
    const random = createRandom(5);
    const dense = new Float64Array(n * n);
    const arrow = createArrow(m, s);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) {
        const value = i === j ? 60 : random.normal();
        dense[i * n + j] = dense[j * n + i] = arrow.core[i * m + j] = value;
      }
    }
    for (let l = 0; l < s; l++) {
      dense[(m + l) * n + m + l] = arrow.diagonal[l] = 2 + random.uniform();
      for (let j = 0; j < m; j++) {
        dense[(m + l) * n + j] = dense[j * n + m + l] = arrow.cross[l * m + j] = random.normal();
      }
    }
    const b = Float64Array.from({ length: n }, () => random.normal());
    const x = b.slice();
    const factor = finish(factorArrow(arrow));
    factor?.solve(x);
    for (let i = 0; i < n; i++) expect(dot(dense, i * n, x, 0, n)).toBeCloseTo(b[i]!, 10);
    finish(choleskySteps(dense, n));
    const inverse = finish(inverseSteps(dense, n));
    const diagonal = factor && finish(factor.inverseDiagonal());
    for (let i = 0; i < n; i++) expect(diagonal?.[i]).toBeCloseTo(inverse[i * n + i]!, 12);
  });

  it('refuses a matrix that is not positive definite', () => {
    const arrow = createArrow(1, 1);
    arrow.core[0] = 1;
    arrow.cross[0] = 2;
    arrow.diagonal[0] = 4;
    expect(finish(factorArrow(arrow))).toBeUndefined();
  });
});

describe('rank', () => {
  it('finds dependent columns and the directions that change nothing', () => {
    const { x } = randomGram(50, 6, 3);
    x.push(x[0]!.map((value, i) => 2 * value - 3 * x[1]![i]!));
    x.push(x[2]!.map((value) => value * 1e-9));
    x.push(new Float64Array(50));
    const n = x.length;
    const analysis = finish(analyseRank(gramOf(x), n, new Float64Array(n).fill(1)));
    expect(analysis.rank).toBe(6);
    expect(analysis.nullSpace).toHaveLength(3);
    for (const v of analysis.nullSpace) {
      expect(dot(v, 0, v, 0, n)).toBeCloseTo(1, 12);
      for (let row = 0; row < 50; row++) {
        expect(x.reduce((total, column, j) => total + column[row]! * v[j]!, 0)).toBeCloseTo(0, 9);
      }
    }
    expect(dot(analysis.nullSpace[0]!, 0, analysis.nullSpace[1]!, 0, n)).toBeCloseTo(0, 12);
  });
});

describe('sums', () => {
  it('keep what plain addition loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum([])).toBe(0);
  });
  it('moments survive huge, tiny, far and constant columns', () => {
    expect(moments(Float64Array.of(1e308, -1e308, 1e308, -1e308))).toMatchObject({
      mean: 0,
      deviation: 1e308,
    });
    expect(moments(Float64Array.of(1e-300, 3e-300)).deviation / 1e-300).toBeCloseTo(1, 12);
    expect(moments(Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3)).deviation).toBeCloseTo(Math.sqrt(2 / 3), 9);
    expect(moments(Float64Array.of(0.1, 0.1, 0.1))).toEqual({ mean: 0.1, deviation: 0, scale: 0 });
    expect(moments(new Float64Array())).toEqual({ mean: 0, deviation: 0, scale: 0 });
  });
});
