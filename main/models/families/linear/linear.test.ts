import { describe, expect, it } from 'vitest';
import { featureNames, type Design, type DesignBlock, type Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import { linear } from './index.ts';
import fixture from './linear.fixture.json' with { type: 'json' };

const dense: DesignBlock = {
  kind: 'dense',
  names: ['age', 'size', 'rooms'],
  columns: [fixture.age, fixture.size, fixture.rooms].map((column) => Float64Array.from(column)),
};
const city: DesignBlock = {
  kind: 'one-hot',
  name: 'city',
  levels: ['a', 'b', 'c', 'd'],
  codes: Int32Array.from(fixture.city),
};
const kind: DesignBlock = {
  kind: 'one-hot',
  name: 'kind',
  levels: ['x', 'y', 'z'],
  codes: Int32Array.from(fixture.kind),
};
const design = (...blocks: DesignBlock[]): Design => ({
  rows: fixture.y.length,
  width: featureNames({ blocks }).length,
  blocks,
});
const all = design(dense, city, kind);
const fullRank = design(dense, city);

const regression: Target = { task: 'regression', values: Float64Array.from(fixture.y) };
const binary: Target = {
  task: 'classification',
  classes: ['no', 'yes'],
  codes: Int32Array.from(fixture.binary),
};
const multi: Target = {
  task: 'classification',
  classes: ['p', 'q', 'r'],
  codes: Int32Array.from(fixture.multi),
};

/** The numbers that are not within 1e-9 of the expected, relative to the larger of 1 and the expected. */
function differences(
  got: Iterable<number | undefined>,
  expected: readonly number[],
  tolerance = 1e-9,
): string[] {
  const list = [...got];
  if (list.length !== expected.length) return [`${list.length} numbers for ${expected.length}`];
  return list.flatMap((value = Number.NaN, i) => {
    const scale = Math.max(1, Math.abs(expected[i]!));
    const near = Math.abs(value - expected[i]!) / scale < tolerance;
    return near ? [] : [`number ${i}: ${value} for ${expected[i]}`];
  });
}

async function fitted(data: Design, target: Target, params: Record<string, unknown>) {
  const { artifact, notes, history } = await fitFamily(linear, { design: data, target }, params);
  const tensor = (name: string): Float64Array => Float64Array.from(artifact.tensors[name]?.data ?? []);
  const table = linear.report(artifact);
  return { artifact, notes, history, tensor, table };
}

const column = (table: { rows: readonly (readonly unknown[])[] } | undefined, index: number): number[] =>
  table?.rows.map((row) => Number(row[index])) ?? [];

describe('ridge', () => {
  it.each(fixture.ridge)('agrees with scikit-learn Ridge at alpha $alpha', async (expected) => {
    const { tensor, artifact } = await fitted(all, regression, { alpha: expected.alpha });
    expect(differences(tensor('intercepts'), [expected.intercept])).toEqual([]);
    expect(differences(tensor('coefficients'), expected.coefficients)).toEqual([]);
    expect(
      differences([...tensor('intercept_errors'), ...tensor('coefficient_errors')], expected.errors),
    ).toEqual([]);
    expect(artifact.spec['inference']).toBe('bayesian');
    expect(differences([Number(artifact.spec['degreesOfFreedom'])], [expected.df])).toEqual([]);
    expect(differences([Number(artifact.spec['residualDeviation'])], [expected.sigma])).toEqual([]);
  });

  it('leaves out t and p, and says why', async () => {
    const { table } = await fitted(all, regression, {});
    expect(table[0]?.rows.every((row) => row[3] === null && row[4] === null && row[5] !== null)).toBe(true);
    expect(table[0]?.notes.join(' ')).toContain('t and p are left out');
  });
});

describe('ordinary least squares', () => {
  it('agrees with statsmodels OLS: coefficients, errors, t, p, intervals', async () => {
    const { table, artifact } = await fitted(fullRank, regression, { penalty: 'none' });
    const expected = fixture.ols;
    expect(differences(column(table[0], 1), expected.coefficients)).toEqual([]);
    expect(differences(column(table[0], 2), expected.errors)).toEqual([]);
    expect(differences(column(table[0], 3), expected.t)).toEqual([]);
    expect(differences(column(table[0], 4), expected.p)).toEqual([]);
    expect(
      differences(
        column(table[0], 5),
        expected.interval.map((pair) => pair[0]!),
      ),
    ).toEqual([]);
    expect(
      differences(
        column(table[0], 6),
        expected.interval.map((pair) => pair[1]!),
      ),
    ).toEqual([]);
    expect(artifact.spec['degreesOfFreedom']).toBe(expected.df);
    const [statistic = 0, between = 0, within = 0, p = 0] = expected.f;
    expect(artifact.spec['overall']).toEqual({ statistic: expect.closeTo(statistic, 8), between, within });
    expect(table[0]?.notes.at(-1)).toContain(
      `F = ${statistic.toPrecision(6)} on ${between} and ${within} degrees of freedom, p = ${p.toPrecision(3)}`,
    );
  });

  it('takes the coefficients of least length where levels are collinear, as scikit-learn does', async () => {
    const { tensor, notes, artifact } = await fitted(all, regression, { alpha: 0 });
    const expected = fixture.minimumNorm;
    expect(differences(tensor('intercepts'), [expected.intercept])).toEqual([]);
    expect(differences(tensor('coefficients'), expected.coefficients)).toEqual([]);
    expect(differences(tensor('coefficient_errors'), expected.errors)).toEqual([]);
    expect(differences(tensor('intercept_errors'), [expected.interceptError])).toEqual([]);
    expect(artifact.spec['degreesOfFreedom']).toBe(expected.df);
    expect(notes.join(' ')).toContain(`the 10 columns carry ${expected.rank} independent ones`);
  });
});

describe('logistic', () => {
  it.each(fixture.logistic)('agrees with scikit-learn LogisticRegression at C $C', async (expected) => {
    const { tensor, artifact, history } = await fitted(all, binary, { C: expected.C });
    expect(differences(tensor('intercepts'), [expected.intercept])).toEqual([]);
    expect(differences(tensor('coefficients'), expected.coefficients)).toEqual([]);
    expect(
      differences([...tensor('intercept_errors'), ...tensor('coefficient_errors')], expected.errors),
    ).toEqual([]);
    expect(artifact.spec['link']).toBe('logit');
    expect(history.length).toBeGreaterThan(2);
  });

  it('predicts probabilities that sum to one', async () => {
    const { artifact } = await fitted(all, binary, {});
    const probabilities = linear.predict(artifact, all);
    expect(
      differences(
        fixture.probabilities.logistic.map((_, i) => probabilities[2 * i + 1]),
        fixture.probabilities.logistic,
      ),
    ).toEqual([]);
    expect(
      differences(
        fixture.binary.map((_, i) => probabilities[2 * i]! + probabilities[2 * i + 1]!),
        fixture.binary.map(() => 1),
        1e-15,
      ),
    ).toEqual([]);
  });

  it('without a penalty agrees with statsmodels Logit: errors, z, p, intervals', async () => {
    const { table } = await fitted(fullRank, binary, { penalty: 'none' });
    const expected = fixture.logit;
    expect(differences(column(table[0], 1), expected.coefficients)).toEqual([]);
    expect(differences(column(table[0], 2), expected.errors)).toEqual([]);
    expect(differences(column(table[0], 3), expected.z)).toEqual([]);
    expect(differences(column(table[0], 4), expected.p)).toEqual([]);
    expect(
      differences(
        column(table[0], 5),
        expected.interval.map((pair) => pair[0]!),
      ),
    ).toEqual([]);
  });

  it('fits as without a penalty, and says so, when C is too large to matter', async () => {
    const plain = await fitted(all, binary, { penalty: 'none' });
    const lost = await fitted(all, binary, { C: 1e17 });
    expect(differences(lost.tensor('coefficients'), [...plain.tensor('coefficients')])).toEqual([]);
    expect(lost.notes.join(' ')).toContain(
      'C = 100000000000000000 leaves a penalty that is lost in rounding',
    );
  });

  it('says when the classes are perfectly separable', async () => {
    const separable: Target = {
      task: 'classification',
      classes: ['no', 'yes'],
      codes: Int32Array.from(fixture.age, (age) => (age > 41 ? 1 : 0)),
    };
    const plain = await fitted(fullRank, separable, { penalty: 'none' });
    expect(plain.notes.join(' ')).toContain('perfectly separable');
    expect(plain.artifact.spec['inference']).toBe('none');
    expect(column(plain.table[0], 1).every(Number.isFinite)).toBe(true);
    const penalised = await fitted(fullRank, separable, { C: 1000 });
    expect(penalised.notes.join(' ')).toContain('only the penalty keeps the coefficients finite');
  });
});

describe('multinomial', () => {
  it.each(fixture.multinomial)('agrees with an independent Newton solution at C $C', async (expected) => {
    const { tensor, artifact } = await fitted(all, multi, { C: expected.C });
    expect(
      differences(
        tensor('intercepts'),
        expected.theta.map((row) => row[0]!),
      ),
    ).toEqual([]);
    expect(
      differences(
        tensor('coefficients'),
        expected.theta.flatMap((row) => row.slice(1)),
      ),
    ).toEqual([]);
    expect(
      differences(
        tensor('intercept_errors'),
        expected.errors.map((row) => row[0]!),
        1e-6,
      ),
    ).toEqual([]);
    expect(
      differences(
        tensor('coefficient_errors'),
        expected.errors.flatMap((row) => row.slice(1)),
        1e-6,
      ),
    ).toEqual([]);
    const probabilities = linear.predict(artifact, all);
    expect(differences(probabilities.subarray(0, 30), expected.probabilities.flat())).toEqual([]);
  });

  it('without a penalty agrees with statsmodels MNLogit', async () => {
    const { tensor, table } = await fitted(fullRank, multi, { penalty: 'none' });
    const [coefficients, intercepts] = [tensor('coefficients'), tensor('intercepts')];
    const of = (k: number): number[] => [intercepts[k]!, ...coefficients.subarray(k * 7, k * 7 + 7)];
    fixture.mnlogit.differences.forEach((expected, k) => {
      const base = of(0);
      expect(
        differences(
          of(k + 1).map((value, j) => value - base[j]!),
          expected,
          1e-7,
        ),
      ).toEqual([]);
    });
    expect(table).toHaveLength(3);
  });

  it('gives a class without training rows probability 0', async () => {
    const sparse: Target = {
      ...multi,
      classes: ['p', 'q', 'never', 'r'],
      codes: multi.codes.map((c) => (c === 2 ? 3 : c)),
    };
    const { artifact, notes } = await fitted(all, sparse, {});
    const probabilities = linear.predict(artifact, all);
    expect(fixture.multi.every((_, i) => probabilities[4 * i + 2] === 0)).toBe(true);
    expect(notes).toContain('no training row has the class "never"; it is never predicted');
    expect(
      differences(probabilities.subarray(0, 2), fixture.multinomial[0]!.probabilities[0]!.slice(0, 2)),
    ).toEqual([]);
  });
});
