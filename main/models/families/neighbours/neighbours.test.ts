import { describe, expect, it } from 'vitest';
import { createOnnxGraph, runOnnx } from '../../../platform/onnx/index.ts';
import { createRandom } from '../../../platform/random.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import { readNeighbours } from './model.ts';
import { neighbours } from './neighbours.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

function part(from: number, to?: number): Design {
  const kind = Int32Array.from(fixture.kind.slice(from, to));
  return {
    rows: kind.length,
    width: 3 + fixture.levels,
    blocks: [
      {
        kind: 'dense',
        names: ['a', 'b', 'c'],
        columns: fixture.numbers.map((column) => Float64Array.from(column.slice(from, to))),
      },
      { kind: 'one-hot', name: 'kind', levels: ['p', 'q', 'r', 's'], codes: kind },
    ],
  };
}

const design = part(0, fixture.rows);
const asked = part(fixture.rows);
const amounts: Target = {
  task: 'regression',
  values: Float64Array.from(fixture.amount.slice(0, fixture.rows)),
};
const classes: Target = {
  task: 'classification',
  classes: ['0', '1', '2'],
  codes: Int32Array.from(fixture.three.slice(0, fixture.rows)),
};

describe(`neighbours, beside ${fixture.tool}`, () => {
  it.each(['euclidean', 'manhattan'] as const)('%s', async (metric) => {
    for (const weights of ['uniform', 'distance'] as const) {
      const params = { n_neighbors: 7, metric, weights };
      const expected = fixture.cases[`${metric}, ${weights}`];
      for (const [target, wanted] of [
        [amounts, expected.amounts],
        [classes, expected.shares],
      ] as const) {
        const { artifact } = await fitFamily(neighbours, { design, target }, params);
        const found = neighbours.predict(artifact, asked);
        expect(found).toHaveLength(wanted.length);
        found.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(1e-12));
      }
    }
  });
});

it('finds what a look at every row finds, equally near ones too, and so does the graph', async () => {
  const random = createRandom(8);
  const rows = 900;
  // Few different values: many rows are equally near, and many are asked for at a distance of 0.
  const columns = [0, 1].map(() => Float64Array.from({ length: rows }, () => random.integer(9)));
  const values = Float64Array.from({ length: rows }, () => random.normal());
  const grid: Design = { rows, width: 2, blocks: [{ kind: 'dense', names: ['x', 'y'], columns }] };
  const params = { n_neighbors: 6, weights: 'distance' };
  const { artifact } = await fitFamily(
    neighbours,
    { design: grid, target: { task: 'regression', values } },
    params,
  );
  const found = neighbours.predict(artifact, grid);
  for (let row = 0; row < 50; row++) {
    const distances = Array.from({ length: rows }, (_, other) =>
      Math.sqrt(columns.reduce((sum, column) => sum + (column[row]! - column[other]!) ** 2, 0)),
    );
    const near = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]! || a - b).slice(0, 6);
    const same = near.filter((other) => distances[other] === 0);
    const expected = same.reduce((sum, other) => sum + values[other]!, 0) / same.length;
    expect(Math.abs(found[row]! - expected)).toBeLessThan(1e-12);
  }
  const graph = createOnnxGraph('near');
  const features = ['x', 'y'].map((name) => ({
    kind: 'dense' as const,
    name,
    value: graph.input(name, 'double'),
  }));
  const [value] = neighbours.onnx(artifact, graph, features);
  if (value === undefined) throw new Error('nothing is predicted');
  graph.output('out', value, 'double');
  const { out } = await runOnnx(graph.finish(), { x: columns[0]!, y: columns[1]! });
  found.forEach((one, i) => expect(Math.abs(one - Number(out?.data[i]))).toBeLessThan(1e-12));
});

async function draw(seed: number) {
  const { artifact, notes } = await fitFamily(
    neighbours,
    { design, target: amounts },
    { max_rows: 40 },
    { seed },
  );
  expect(notes).toEqual([`40 of ${fixture.rows} training rows are kept, drawn by the seed`]);
  return readNeighbours(artifact);
}

it('keeps no more rows than it may, drawn by the seed', async () => {
  const [one, same, other] = [await draw(1), await draw(1), await draw(2)];
  expect(one.points).toHaveLength(120);
  expect(same.points).toEqual(one.points);
  expect(other.points).not.toEqual(one.points);
});
