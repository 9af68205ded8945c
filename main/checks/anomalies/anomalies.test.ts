import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import {
  averagePath,
  growIsolationForest,
  isolationScores,
  type IsolationForest,
} from './isolation-forest.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

const columns = fixture.columns.map((values) => Float64Array.from(values));
const nothing = (): Promise<void> => Promise.resolve();

/** scikit-learn's trees in our arrays. */
function theirForest(): IsolationForest {
  const roots: number[] = [];
  const features: number[] = [];
  const thresholds: number[] = [];
  const children: number[] = [];
  const paths: number[] = [];
  for (const tree of fixture.trees) {
    const add = (at: number, depth: number): number => {
      const left = tree.left[at]!;
      if (left < 0) {
        paths.push(depth + averagePath(tree.rows[at]!));
        return ~(paths.length - 1);
      }
      const node = features.length;
      features.push(tree.feature[at]!);
      thresholds.push(tree.threshold[at]!);
      children.push(0, 0);
      children[2 * node] = add(left, depth + 1);
      children[2 * node + 1] = add(tree.right[at]!, depth + 1);
      return node;
    };
    roots.push(add(0, 0));
  }
  return {
    sample: 128,
    roots: Int32Array.from(roots),
    features: Int32Array.from(features),
    thresholds: Float64Array.from(thresholds),
    children: Int32Array.from(children),
    paths: Float64Array.from(paths),
  };
}

test(`the trees of ${fixture.tool} give its scores`, async () => {
  const scores = await isolationScores(theirForest(), columns);
  expect(scores).toHaveLength(fixture.treeScores.length);
  fixture.treeScores.forEach((score, row) => expect(scores[row]).toBeCloseTo(score, 12));
});

test(`own trees, drawn by other random numbers, say the same as a thousand of ${fixture.tool}`, async () => {
  const forest = await growIsolationForest(columns, { trees: 1000, sample: 256, seed: 3 }, nothing);
  const scores = await isolationScores(forest, columns);
  // Two forests of its own, of other seeds, differ by up to 0.017, by 0.003 on average.
  fixture.scores.forEach((score, row) => expect(Math.abs(scores[row]! - score)).toBeLessThan(0.02));
  const mean = fixture.scores.reduce((sum, score, row) => sum + scores[row]! - score, 0) / scores.length;
  expect(Math.abs(mean)).toBeLessThan(0.005);
  const planted = new Set(fixture.planted);
  let above = 0;
  let pairs = 0;
  scores.forEach((score, row) => {
    if (!planted.has(row)) return;
    scores.forEach((other, i) => {
      if (planted.has(i)) return;
      pairs++;
      above += score > other ? 1 : score === other ? 0.5 : 0;
    });
  });
  expect(above / pairs).toBeCloseTo(fixture.auc, 2);
});

async function importRows(name: string, lines: readonly string[]) {
  const app = await buildTestApp();
  const path = join(app.folder, `${name}.csv`);
  await writeFile(path, `${lines.join('\n')}\n`);
  await app.client.datasets.import({ path, name });
  return app;
}

test('names the row, the column and the value: a number, a rare text, a gap', async () => {
  const lines = Array.from(
    { length: 400 },
    (_, i) => `${i},${(i * 37) % 50},${['red', 'green', 'blue'][i % 3]},${(i * 13) % 7}`,
  );
  lines[99] = '99,500,red,3';
  lines[199] = '199,20,mauve,3';
  lines[299] = '299,21,green,';
  const { client } = await importRows('things', ['id,size,colour,part', ...lines]);
  const found = await client.checks.anomalies({ dataset: 'things', exclude: ['id'], limit: 3 });
  expect(found).toMatchObject({ rows: 400, columns: ['size', 'colour', 'part'], leftOut: [] });
  const told = found.anomalies.map(({ row, because }) => [row, because[0]?.column, because[0]?.value]);
  expect(told.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    [100, 'size', '500'],
    [200, 'colour', 'mauve'],
    [300, 'part', null],
  ]);
  expect(found.bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(400);
  expect(found.anomalies[0]!.score).toBeGreaterThan(found.highest1);
  expect(await client.checks.anomalies({ dataset: 'things', exclude: ['id'], limit: 3 })).toEqual(found);
});

test('refuses what it can not look at, with what would be right', async () => {
  const { client } = await importRows('flat', ['a,b', '1,x', '1,x', '1,x']);
  await expect(client.checks.anomalies({ dataset: 'flat', exclude: ['c'] })).rejects.toThrow(
    'there is no column "c"',
  );
  await expect(client.checks.anomalies({ dataset: 'flat' })).rejects.toThrow(
    'of 2 columns none is left that differs from row to row, over 3 rows',
  );
});
