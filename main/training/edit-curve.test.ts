import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

const houses = fileURLToPath(new URL('../../resources/samples/sacramento.csv', import.meta.url));
const params = { max_rounds: 40, bags: 1, interactions: 0, max_bins: 16 };

async function trained(recipe: Record<string, unknown>) {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: houses, name: 'houses' });
  const { run } = await client.training.run({ recipe: { target: 'price', ...recipe } });
  return { client, parent: run.id };
}

test('a curve set by hand is a new run that names its parent, differs there alone, and can be made again', async () => {
  const { client, parent } = await trained({ family: 'additive', params });
  const edit = { feature: 'sqft', from: 2000, to: 3000, missing: false, value: -5000 };
  const why = 'too few houses of that size';
  const { run, edited } = await client.training.edit({ run: parent, why, ...edit });
  expect(edited).toEqual({ parent, edit, why });
  expect(run.id).not.toBe(parent);
  expect(run.notes.join(' ')).toContain('the curve of "sqft" above 2000 up to 3000 is -5000');

  const curveOf = async (id: string) => {
    const { report } = await client.training.show({ run: id });
    const table = report.find(({ title }) => title === 'Curve: sqft');
    return (at: number): number =>
      Number(
        table!.rows.find(
          ([above, to]) => at > Number(above ?? -Infinity) && at <= Number(to ?? Infinity),
        )![3],
      );
  };
  const [before, after] = [await curveOf(parent), await curveOf(run.id)];
  expect([500, 1500, 2000, 3001, 4500].map(after)).toEqual([500, 1500, 2000, 3001, 4500].map(before));
  expect([2001, 2500, 3000].map(after).map(Math.round)).toEqual([-5000, -5000, -5000]);

  expect((await client.training.show({ run: run.id })).edited).toEqual(edited);
  expect((await client.training.show({ run: parent })).edited).toBeNull();
  const { edges } = await client.lineage.show({ id: run.id });
  expect(edges).toContainEqual({ from: `run:${parent}`, to: `run:${run.id}`, how: 'edited' });
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');

  const again = await client.training.edit({
    run: run.id,
    feature: 'beds',
    from: 5,
    value: 0,
    why: 'as for four',
  });
  const { recipe } = await client.training.show({ run: again.run.id });
  expect(recipe['params']).toMatchObject({ edits: [{ feature: 'sqft' }, { feature: 'beds' }] });
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('what has no curves, and a curve that is not there, are refused with what would be right', async () => {
  const { client, parent } = await trained({ family: 'tree' });
  const edit = { feature: 'sqft', from: 2000, value: 0, why: 'to try it out' };
  await expect(client.training.edit({ run: parent, ...edit })).rejects.toThrow(
    'is of family tree, which has no curves to set by hand; additive has',
  );
  const { run } = await client.training.run({ recipe: { target: 'price', family: 'additive', params } });
  await expect(client.training.edit({ run: run.id, ...edit, feature: 'sqm' })).rejects.toThrow(
    'there is no feature "sqm"; there are ',
  );
  await expect(client.training.edit({ run: run.id, ...edit, from: 3000, to: 2000 })).rejects.toThrow(
    'from 3000 is not below to 2000',
  );
  expect((await client.training.list({})).runs.map(({ status }) => status)).toEqual(['done', 'done']);
});
