import { describe, expect, it } from 'vitest';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import { glm } from './index.ts';
import fixture from './statsmodels.fixture.json' with { type: 'json' };

const design: Design = {
  rows: fixture.age.length,
  width: 5,
  blocks: [
    {
      kind: 'dense',
      names: ['age', 'size'],
      columns: [Float64Array.from(fixture.age), Float64Array.from(fixture.size)],
    },
    { kind: 'one-hot', name: 'city', levels: ['a', 'b', 'c'], codes: Int32Array.from(fixture.city) },
  ],
};
const weights = Float64Array.from(fixture.weights);
const amounts = (y: readonly number[]): Target => ({ task: 'regression', values: Float64Array.from(y) });
const classes = (y: readonly number[]): Target => ({
  task: 'classification',
  classes: ['no', 'yes'],
  codes: Int32Array.from(y),
});

function expectNear(
  found: readonly unknown[],
  expected: readonly (number | undefined)[],
  digits = 1e-6,
): void {
  expect(found).toHaveLength(expected.length);
  const wrong = expected.filter((value = Number.NaN, i) => {
    return !(Math.abs(Number(found[i]) - value) <= digits * Math.max(1e-6, Math.abs(value)));
  });
  expect(wrong).toEqual([]);
}

describe.each(fixture.cases)('$distribution with $link, weighted $weighted, quasi $estimated', (expected) => {
  it('agrees with statsmodels: coefficients, errors, tests, deviance, AIC', async () => {
    const { artifact, notes } = await fitFamily(
      glm,
      {
        design,
        target: expected.distribution === 'binomial' ? classes(expected.y) : amounts(expected.y),
        ...(expected.weighted ? { weights } : {}),
      },
      {
        distribution: expected.distribution,
        link: expected.link,
        ...(expected.power === null ? {} : { power: expected.power }),
        dispersion: expected.estimated ? 'estimated' : 'default',
      },
    );
    const [table, fit] = glm.report(artifact);
    const column = (name: string) =>
      table!.rows.map((row) => row[table!.columns.findIndex((one) => one === name)]);
    const test = table!.columns.includes('t') ? 't' : 'z';
    expectNear(column('coefficient'), expected.coefficients);
    expectNear(column('standard error'), expected.errors);
    expectNear(column(test), expected.statistics);
    expectNear(column('p'), expected.p, 1e-5);
    expectNear(
      column('low 95 %'),
      expected.interval.map(([low]) => low),
    );
    expectNear(
      column('high 95 %'),
      expected.interval.map(([, high]) => high),
    );
    const facts = new Map(fit!.rows.map(([what, value]) => [what, value]));
    expectNear([facts.get('deviance')], [expected.deviance]);
    expectNear([facts.get('deviance of the mean alone')], [expected.nullDeviance]);
    expectNear([facts.get('Pearson chi-square')], [expected.pearson]);
    expectNear([artifact.spec['dispersion']], [expected.dispersion]);
    expectNear([facts.get('AIC') ?? 0], [expected.aic ?? 0]);
    const predicted = glm.predict(artifact, design);
    const means = expected.distribution === 'binomial' ? predicted.filter((_, i) => i % 2 === 1) : predicted;
    expectNear([...means.subarray(0, 5)], expected.mu);
    expect(notes.join(' ')).not.toContain('not converged');
  });
});

it.each(fixture.penalised)(
  'agrees with scikit-learn with a ridge penalty: $distribution',
  async (expected) => {
    const { artifact } = await fitFamily(
      glm,
      { design, target: amounts(expected.y), weights },
      {
        distribution: expected.distribution,
        alpha: expected.alpha,
        ...(expected.power ? { power: expected.power } : {}),
      },
    );
    const [table] = glm.report(artifact);
    expectNear(
      table!.rows.map((row) => row[1]),
      expected.coefficients,
    );
    expect(table!.rows.every((row) => row[4] === null && row[5] === null)).toBe(true);
  },
);

describe('a target that does not fit', () => {
  it.each([
    ['poisson', [3, 1, -2, -1], 'training row 3 has -2, and 1 more like it'],
    ['gamma', [3, 0, 2, 1], '"gamma" needs targets above 0; training row 2 has 0. tweedie takes zeros'],
    ['tweedie', [3, 0, 2, -1], 'training row 4 has -1. gaussian takes any amount'],
    ['poisson', [0, 0, 0, 0], 'not 0 in every training row'],
    ['binomial', [1, 2, 3, 4], '"binomial" is for two classes'],
  ])('%s of %j is refused with what and where', async (distribution, y, words) => {
    const few: Design = {
      rows: 4,
      width: 1,
      blocks: [{ kind: 'dense', names: ['x'], columns: [Float64Array.of(1, 2, 3, 4)] }],
    };
    await expect(fitFamily(glm, { design: few, target: amounts(y) }, { distribution })).rejects.toThrow(
      words,
    );
  });
});

it('names the levels that are separated, and when steps ran out', async () => {
  const y = fixture.cases.find(({ distribution }) => distribution === 'poisson')!.y;
  const target = amounts(y.map((value, i) => (fixture.city[i] === 1 ? 0 : value)));
  const rows = fixture.city.filter((code) => code === 1).length;
  const { notes } = await fitFamily(glm, { design, target }, { distribution: 'poisson' });
  expect(notes.join(' ')).toContain(`city=b (${rows} rows): targets of 0 only`);
  const penalised = await fitFamily(glm, { design, target }, { distribution: 'poisson', alpha: 0.1 });
  expect(penalised.notes.join(' ')).not.toContain('separation');
  const short = await fitFamily(
    glm,
    { design, target: amounts(y) },
    { distribution: 'poisson', max_iter: 1 },
  );
  expect(short.notes.join(' ')).toContain('not converged after 1 iterations');
});

it('says when the classes are separable, and leaves the errors out', async () => {
  const target = classes(fixture.age.map((age) => (age > 45 ? 1 : 0)));
  const { artifact, notes } = await fitFamily(glm, { design, target });
  expect(notes.join(' ')).toContain('perfectly separable');
  expect(artifact.spec['errors']).toBe(false);
});

it('says when counts vary more than Poisson allows', async () => {
  const y = fixture.cases.find(({ distribution }) => distribution === 'poisson')!.y;
  const wild = amounts(y.map((value, i) => (i % 4 === 0 ? value * 9 + 5 : value)));
  const { notes } = await fitFamily(glm, { design, target: wild }, { distribution: 'poisson' });
  expect(notes.join(' ')).toContain('times as much as Poisson allows');
});
