import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../preload/contract/errors.ts';
import { createRandom } from '../../../platform/random.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import { linear } from './index.ts';
import wide from './wide.fixture.json' with { type: 'json' };

function dense(rows: readonly (readonly number[])[]): Design {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, d) => Float64Array.from(rows, (row) => row[d]!));
  return {
    rows: rows.length,
    width,
    blocks: [{ kind: 'dense', names: columns.map((_, d) => `x${d}`), columns }],
  };
}

const numbers = (values: readonly number[]): Target => ({
  task: 'regression',
  values: Float64Array.from(values),
});

/** Correct decimal digits of each number, the log relative error that NIST asks for. */
function digits(got: readonly number[], certified: readonly number[]): number[] {
  return certified.map(
    (value, i) => -Math.log10(Math.max(1e-16, Math.abs(got[i]! - value) / Math.abs(value))),
  );
}

describe('the Longley data (NIST Statistical Reference Datasets, certified values)', () => {
  const rows = [
    [83, 234289, 2356, 1590, 107608, 1947, 60323],
    [88.5, 259426, 2325, 1456, 108632, 1948, 61122],
    [88.2, 258054, 3682, 1616, 109773, 1949, 60171],
    [89.5, 284599, 3351, 1650, 110929, 1950, 61187],
    [96.2, 328975, 2099, 3099, 112075, 1951, 63221],
    [98.1, 346999, 1932, 3594, 113270, 1952, 63639],
    [99, 365385, 1870, 3547, 115094, 1953, 64989],
    [100, 363112, 3578, 3350, 116219, 1954, 63761],
    [101.2, 397469, 2904, 3048, 117388, 1955, 66019],
    [104.6, 419180, 2822, 2857, 118734, 1956, 67857],
    [108.4, 442769, 2936, 2798, 120445, 1957, 68169],
    [110.8, 444546, 4681, 2637, 121950, 1958, 66513],
    [112.6, 482704, 3813, 2552, 123366, 1959, 68655],
    [114.2, 502601, 3931, 2514, 125368, 1960, 69564],
    [115.7, 518173, 4806, 2572, 127852, 1961, 69331],
    [116.9, 554894, 4007, 2827, 130081, 1962, 70551],
  ];
  const certified = {
    coefficients: [
      -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
      -0.0511041056535807, 1829.15146461355,
    ],
    errors: [
      890420.383607373, 84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675,
      0.22607320006937, 455.478499142212,
    ],
    deviation: 304.854073561965,
  };

  it('ordinary least squares is right to ten digits', async () => {
    const design = dense(rows.map((row) => row.slice(0, 6)));
    const target = numbers(rows.map((row) => row[6]!));
    const { artifact } = await fitFamily(linear, { design, target }, { penalty: 'none' });
    const [table] = linear.report(artifact);
    const column = (index: number): number[] => table?.rows.map((row) => Number(row[index])) ?? [];
    expect(Math.min(...digits(column(1), certified.coefficients))).toBeGreaterThan(10);
    expect(Math.min(...digits(column(2), certified.errors))).toBeGreaterThan(10);
    expect(digits([Number(artifact.spec['residualDeviation'])], [certified.deviation])[0]).toBeGreaterThan(
      10,
    );
  });
});

describe('more columns than rows', () => {
  it('gives the coefficients of least length, as scikit-learn does', async () => {
    const { artifact, notes } = await fitFamily(
      linear,
      { design: dense(wide.x), target: numbers(wide.y) },
      { alpha: 0 },
    );
    const coefficients = [...(artifact.tensors['coefficients']?.data ?? [])];
    const worst = Math.max(...coefficients.map((value, i) => Math.abs(value - wide.coefficients[i]!)));
    expect(worst).toBeLessThan(1e-9);
    expect(artifact.tensors['intercepts']?.data[0]).toBeCloseTo(wide.intercept, 9);
    expect(notes.join(' ')).toContain('nothing to measure errors by');
    expect(artifact.spec['inference']).toBe('none');
  });
});

describe('columns of any size', () => {
  const random = createRandom(8);
  const plain = Array.from({ length: 60 }, () => [random.normal(), random.normal(), random.normal()]);
  const y = plain.map(([a, b, c]) => 2 * a! - b! + c! / 2 + random.normal() / 5);

  it.each([1e200, 1e-200, 1e100])('least squares does not care for a factor of %d', async (factor) => {
    const scaled = plain.map(([a, b, c]) => [a! * factor, b!, c! / factor]);
    const first = await fitFamily(linear, { design: dense(plain), target: numbers(y) }, { penalty: 'none' });
    const second = await fitFamily(
      linear,
      { design: dense(scaled), target: numbers(y) },
      { penalty: 'none' },
    );
    const expected = linear.predict(first.artifact, dense(plain));
    linear.predict(second.artifact, dense(scaled)).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 10);
    });
    const error = (artifact: typeof first.artifact, i: number): number =>
      artifact.tensors['coefficient_errors']?.data[i] ?? Number.NaN;
    expect((error(second.artifact, 0) * factor) / error(first.artifact, 0)).toBeCloseTo(1, 9);
  });

  it('targets may be as large as 1e300 and as small as 1e-300', async () => {
    for (const factor of [1e300, 1e-300]) {
      const target = numbers(y.map((value) => value * factor));
      const { artifact } = await fitFamily(linear, { design: dense(plain), target });
      const expected = await fitFamily(linear, { design: dense(plain), target: numbers(y) });
      const [one, two] = [artifact, expected.artifact].map((model) => linear.predict(model, dense(plain)));
      one!.forEach((value, i) => expect(value / factor).toBeCloseTo(two![i]!, 9));
    }
  });

  it('coefficients beyond the range of doubles are refused by name', async () => {
    const design = dense(plain.map(([a, b]) => [a! * 1e-200, b!]));
    const target = numbers(y.map((value) => value * 1e300));
    await expect(fitFamily(linear, { design, target }, { penalty: 'none' })).rejects.toMatchObject({
      code: 'family-overflow',
    });
  });

  it('far from zero is as good as near it', async () => {
    const far = plain.map(([a, b, c]) => [a! + 1e7, b!, c!]);
    const { artifact } = await fitFamily(
      linear,
      { design: dense(far), target: numbers(y) },
      { penalty: 'none' },
    );
    const { artifact: near } = await fitFamily(
      linear,
      { design: dense(plain), target: numbers(y) },
      { penalty: 'none' },
    );
    const [a, b] = [artifact, near].map((model) => model.tensors['coefficients']?.data[0] ?? Number.NaN);
    expect(a! / b!).toBeCloseTo(1, 7);
  });

  it('a penalty lost in rounding is said to be so', async () => {
    const collinear = plain.map(([a, b]) => [a! * 1e6, b!, a! * 2e6]);
    const { artifact, notes } = await fitFamily(
      linear,
      { design: dense(collinear), target: numbers(y) },
      { alpha: 1e-30 },
    );
    expect(notes.join(' ')).toContain('lost in rounding');
    expect([...linear.predict(artifact, dense(collinear))].every(Number.isFinite)).toBe(true);
  });
});

describe('very wide designs', () => {
  const levels = 1500;
  const rows = 6000;
  const random = createRandom(4);
  const block = (name: string) => ({
    kind: 'one-hot' as const,
    name,
    levels: Array.from({ length: levels }, (_, l) => `${l}`),
    codes: Int32Array.from({ length: rows }, () => random.integer(levels)),
  });
  const design: Design = { rows, width: 2 * levels, blocks: [block('a'), block('b')] };
  const target = numbers(Array.from({ length: rows }, () => random.normal()));

  it('stop within a second of being told, in the middle of solving', async () => {
    const controller = new AbortController();
    let told = 0;
    let message = '';
    const params = linear.params.parse({ penalty: 'none' });
    const failure = await linear
      .fit({ train: { design, target }, validation: { design, target } }, params, {
        seed: 1,
        signal: controller.signal,
        progress(_fraction, what) {
          message = what;
          if (what === 'solving' && told === 0) {
            told = performance.now();
            setTimeout(() => controller.abort(), 300);
          }
        },
      })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'cancelled', details: { what: 'training' } });
    expect(message).toBe('solving');
    expect(performance.now() - told).toBeLessThan(1300);
  });

  it('are refused by name before anything is allocated', async () => {
    const huge = {
      kind: 'one-hot' as const,
      name: 'c',
      levels: Array.from({ length: 40_000 }, (_, l) => `${l}`),
      codes: new Int32Array(rows),
    };
    const work = fitFamily(linear, {
      design: { rows, width: 43_000, blocks: [...design.blocks, huge] },
      target,
    });
    await expect(work).rejects.toThrow(
      'linear: 43000 features are more than it can solve for (5000); group rare levels in the one-hot step or drop columns',
    );
  });
});
