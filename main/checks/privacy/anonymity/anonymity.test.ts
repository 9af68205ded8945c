import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../../platform/random.ts';
import { buildTestApp } from '../../../testing/build-app.ts';
import { equalDistance, orderedDistance } from './closeness.ts';

// Tables 3 and 4 of Li, Li and Venkatasubramanian 2007; salaries in thousands.
const salaries = [3, 4, 5, 6, 11, 8, 7, 9, 10];
const published = `zip,age,salary,disease
476**,2*,3,gastric ulcer
476**,2*,4,gastritis
476**,2*,5,stomach cancer
4790*,40 and above,6,gastritis
4790*,40 and above,11,flu
4790*,40 and above,8,bronchitis
476**,3*,7,bronchitis
476**,3*,9,pneumonia
476**,3*,10,stomach cancer
`;

test('distances of the worked example of the paper', () => {
  const ranks = Int32Array.from(salaries, (salary) => salary - 3);
  const { distance } = orderedDistance(ranks, 9);
  expect(distance([0, 1, 2])).toBeCloseTo(0.375, 12);
  expect(distance([3, 5, 8])).toBeCloseTo(1 / 6, 12);
  expect(distance([...ranks])).toBeCloseTo(0, 12);
  const equal = equalDistance(Int32Array.from([0, 0, 1, 2]), 3);
  expect(equal.distance([0, 0])).toBeCloseTo(0.5, 12);
  expect(equal.distance([1, 2])).toBeCloseTo(0.5, 12);
});

test('the quick sum is the plain one', () => {
  const random = createRandom(4);
  const all = Int32Array.from({ length: 400 }, () => random.integer(37));
  all[0] = 36;
  const { distance } = orderedDistance(all, 37);
  for (let trial = 0; trial < 50; trial++) {
    const group = Array.from({ length: 1 + random.integer(9) }, () => all[random.integer(400)]!);
    let plain = 0;
    for (let level = 0; level < 37; level++) {
      const share = (of: ArrayLike<number> & Iterable<number>): number =>
        [...of].filter((rank) => rank <= level).length / of.length;
      plain += Math.abs(share(group) - share(all));
    }
    expect(distance(group)).toBeCloseTo(plain / 36, 10);
  }
});

test('the published table has 3-anonymity, 3-diversity and closeness 0.375', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'patients.csv');
  await writeFile(path, published);
  await client.datasets.import({ path });
  const input = { dataset: 'patients', quasi: ['zip', 'age'], k: 4 };
  const salary = await client.privacy.anonymity({ ...input, sensitive: 'salary' });
  expect(salary.after).toMatchObject({
    rows: 9,
    groups: 3,
    smallest: 3,
    unique: 0,
    below: { k: 4, groups: 3, rows: 9, share: 1 },
    diversity: { sensitive: 'salary', distance: 'ordered', distinct: 3, alike: 0 },
  });
  expect(salary.after.diversity?.closeness).toBeCloseTo(0.375, 12);
  expect(salary.after.diversity?.entropy).toBeCloseTo(3, 12);
  expect(salary.after.risky[0]).toEqual({ size: 3, rows: [1, 2, 3] });
  expect(salary.before).toBeNull();
  const disease = await client.privacy.anonymity({ ...input, sensitive: 'disease' });
  expect(disease.after.diversity).toMatchObject({ distance: 'equal', distinct: 3 });
  const refused = client.privacy.anonymity({ ...input, quasi: ['zap'] });
  await expect(refused).rejects.toMatchObject({ code: 'column-not-found' });
});

test('before and after a treatment', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'ages.csv');
  await writeFile(path, 'age,zip\n31,95823\n33,95824\n45,95811\n47,95812\n\n');
  await client.datasets.import({ path });
  await client.privacy.treat({
    dataset: 'ages',
    steps: [
      { treat: 'generalise', column: 'age', bands: 10 },
      { treat: 'generalise', column: 'zip', prefix: 4 },
    ],
  });
  const { before, after } = await client.privacy.anonymity({
    dataset: 'ages',
    quasi: ['age', 'zip'],
    before: 'ages@1',
  });
  expect(before).toMatchObject({ smallest: 1, unique: 4, meanRisk: 1 });
  expect(after).toMatchObject({ smallest: 2, unique: 0, meanRisk: 0.5 });
});
