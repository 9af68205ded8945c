import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { poisson } from '../../math/index.ts';
import { createRandom } from '../../platform/random.ts';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';
import fixture from './smclarify.fixture.json' with { type: 'json' };

const samples = join(import.meta.dirname, '../../../resources/samples');

async function importText({ client, folder }: TestApp, name: string, text: string): Promise<void> {
  const path = join(folder, `${name}.csv`);
  await writeFile(path, text);
  await client.datasets.import({ path, name });
}

async function creditCells(): Promise<string[][]> {
  const text = await readFile(join(samples, 'credit.csv'), 'utf8');
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
}

test.each(fixture.cases)(
  '$name: as smclarify computes it',
  async ({ table, label, positive, facet, values, group, expected }) => {
    const app = await buildTestApp();
    if (table === 'credit') {
      const cells = await creditCells();
      const home = cells[0]!.indexOf('Home');
      const lines = cells.filter((row) => row[home] !== 'NA').map((row) => row.join(','));
      await importText(app, table, lines.join('\n'));
    } else {
      await importText(app, table, (fixture.tables as Record<string, string>)[table] ?? '');
    }
    const rule =
      values === null ? facet : facet + (typeof values[0] === 'number' ? '>' : '=') + values.join(',');
    const found = await app.client.checks.bias({
      dataset: table,
      label: `${label}=${positive.join(',')}`,
      facet: [rule],
      group,
      resamples: 0,
    });
    const report = found.analysis.pre_training_bias_metrics.facets[facet] ?? [];
    const ours = report.map((one) => [canonical(one.value_or_threshold), rounded(toRecord(one.metrics))]);
    const theirs = expected.map((one) => [canonical(one.value_or_threshold), rounded(one.metrics)]);
    expect(new Map(ours as [string, object][])).toEqual(new Map(theirs as [string, object][]));
  },
);

/** `(40.0, 68]` is the group `(40, 68]`. */
function canonical(group: string): string {
  return group.replaceAll(/\d+(\.\d+)?/g, (digits) => String(Number(digits)));
}

function toRecord(metrics: readonly { name: string; value: number | null }[]): Record<string, number | null> {
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** To nine digits after the point. */
function rounded(metrics: Readonly<Record<string, number | null>>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [
      name,
      value === null ? null : Math.round(value * 1e9) / 1e9 + 0,
    ]),
  );
}

test('the worked example is what the measures compute', async () => {
  const { client } = await buildTestApp();
  const { measures } = await client.checks.measures({});
  expect(measures.map(({ id }) => id)).toEqual(['CI', 'DPL', 'KL', 'JS', 'LP', 'TVD', 'KS', 'CDDL']);
  for (const { id, working, value } of measures) {
    expect(Number(working.slice(working.lastIndexOf('=') + 1)), id).toBeCloseTo(value, 4);
  }
});

test('two attributes at once, intervals that hold the value, the same for the same seed', async () => {
  const app = await buildTestApp();
  await app.client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const input = { dataset: 'credit', label: 'Status=good', facet: ['Age>40', 'Marital'], group: 'Job' };
  const found = await app.client.checks.bias(input);
  expect(await app.client.checks.bias(input)).toEqual(found);
  const both = found.intersections.find(({ group }) => group === 'Age > 40 and Marital = single');
  const [head = [], ...cells] = await creditCells();
  const at = (name: string): number => head.indexOf(name);
  const members = cells.filter((row) => Number(row[at('Age')]) > 40 && row[at('Marital')] === 'single');
  expect(both).toMatchObject({
    rows: members.length,
    positives: members.filter((row) => row[at('Status')] === 'good').length,
    otherRows: cells.length - members.length,
  });
  for (const { measures } of found.groups) {
    for (const { measure, value, low, high } of measures) {
      if (measure !== 'DPL' && measure !== 'CI') continue;
      expect(low).toBeLessThanOrEqual(value!);
      expect(high).toBeGreaterThanOrEqual(value!);
    }
  }
  expect(found.notes).toEqual(['1 row has no Marital: it counts as not in the group']);
});

test('a difference of shares has the interval of its standard error', async () => {
  const app = await buildTestApp();
  const lines = Array.from(
    { length: 2000 },
    (_, i) => `${i % 2 ? 'd' : 'a'},${i % 5 < (i % 2 ? 2 : 3) ? 1 : 0}`,
  );
  await importText(app, 'shares', `kind,label\n${lines.join('\n')}\n`);
  const { groups } = await app.client.checks.bias({
    dataset: 'shares',
    label: 'label=1',
    facet: ['kind=d'],
    resamples: 4000,
  });
  const difference = groups[0]!.measures.find(({ measure }) => measure === 'DPL')!;
  const error = Math.sqrt((0.6 * 0.4) / 1000 + (0.4 * 0.6) / 1000);
  expect(difference.value).toBeCloseTo(0.2, 12);
  expect((difference.high! - difference.low!) / (2 * 1.96 * error)).toBeCloseTo(1, 1);
});

test('what cannot be used is named', async () => {
  const app = await buildTestApp();
  await importText(app, 'people', 'age,kind,id,ok\n31,a,1,yes\n45,b,2,no\n52,a,3,yes\n');
  const bias = (label: string, ...facet: string[]) =>
    app.client.checks.bias({ dataset: 'people', label, facet }).catch((error: Error) => error.message);
  expect(await bias('ok', 'kind')).toBe(
    'label: "ok" cannot be used: it does not say which labels are positive; expected COLUMN, COLUMN=VALUE[,VALUE ...] or COLUMN>NUMBER',
  );
  expect(await bias('ok=maybe', 'kind')).toBe('column "ok" never holds "maybe"; it holds no, yes');
  expect(await bias('ok=yes', 'kind>3')).toBe(
    'facet: "kind>3" cannot be used: column "kind" holds text, no numbers; expected COLUMN, COLUMN=VALUE[,VALUE ...] or COLUMN>NUMBER',
  );
  expect(await bias('ok=yes', 'age>old')).toBe(
    'facet: "age>old" cannot be used: "old" is no number; expected COLUMN, COLUMN=VALUE[,VALUE ...] or COLUMN>NUMBER',
  );
  expect(await bias('ok=yes', 'sex=f')).toBe('there is no column "sex" in facet; it has age, kind, id, ok');
});

test('a group without rows has no value, and says why', async () => {
  const app = await buildTestApp();
  await importText(app, 'one', 'kind,ok\na,1\na,0\na,1\n');
  const { groups } = await app.client.checks.bias({ dataset: 'one', label: 'ok=1', facet: ['kind=a'] });
  expect(groups[0]!.measures[0]).toMatchObject({
    value: null,
    low: null,
    because: 'the group, or all the rest, has no rows',
  });
});

test.each([0.3, 4, 12, 900])('Poisson variates of mean %d have that mean and variance', (mean) => {
  const random = createRandom(7);
  const n = 40_000;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = poisson(mean, () => random.uniform());
    sum += value;
    squares += value * value;
  }
  const found = sum / n;
  expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(mean / n));
  expect((squares / n - found * found) / mean).toBeCloseTo(1, 1);
});
