import { describe, expect, test } from 'vitest';
import { Failure } from '../../preload/contract/errors.ts';
import { buildTestApp } from '../testing/build-app.ts';

const sacramento = new URL('../../resources/samples/sacramento.csv', import.meta.url).pathname;

const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : undefined),
  );

/** Three linear models, one of them another target, and a baseline. */
async function withRuns() {
  const built = await buildTestApp();
  const { client } = built;
  await client.datasets.import({ path: sacramento, name: 'houses' });
  const train = async (recipe: Record<string, unknown>) => (await client.training.run({ recipe })).run.id;
  return {
    ...built,
    baseline: await train({ target: 'price', family: 'baseline' }),
    weak: await train({ target: 'price', family: 'linear', params: { alpha: 1000 } }),
    strong: await train({ target: 'price', family: 'linear', params: { alpha: 1 } }),
    size: await train({ target: 'sqft', family: 'linear', params: { alpha: 1 } }),
  };
}

describe('many runs', () => {
  test('are sorted, filtered, grouped, and shown with the columns asked for', async () => {
    const { client, baseline, weak, strong, size } = await withRuns();
    const ids = async (input: Parameters<typeof client.runs.list>[0]) =>
      (await client.runs.list(input)).rows.map(({ id }) => id);

    const usual = await client.runs.list({});
    expect([usual.total, usual.shown]).toEqual([4, 4]);
    expect(usual.rows.map(({ id }) => id)).toEqual([size, strong, weak, baseline]);
    expect(usual.rows[0]?.cells.slice(0, 4)).toEqual(['done', 'linear', 'sqft', 'houses@1']);

    const sorted = await client.runs.list({
      columns: ['family', 'test.r2', 'alpha'],
      filter: 'target=price',
      sort: 'r2',
    });
    const scores = await Promise.all(
      [strong, weak, baseline].map(
        async (run) => [run, (await client.training.show({ run })).run.metrics?.test['r2'] ?? null] as const,
      ),
    );
    expect(sorted.columns).toEqual(['family', 'test.r2', 'params.alpha']);
    expect(sorted.rows.map(({ id, cells }) => [id, cells[1] ?? null])).toEqual(
      scores.toSorted(([, a], [, b]) => Number(b) - Number(a)),
    );
    // A baseline has no alpha: it comes last either way.
    for (const ascending of [true, false])
      expect((await ids({ filter: 'price', sort: 'alpha', ascending })).at(-1)).toBe(baseline);

    expect(await ids({ filter: 'alpha>=1000' })).toEqual([weak]);
    expect(await ids({ filter: 'LINEAR -sqft' })).toEqual([strong, weak]);
    expect(await ids({ filter: 'family!=linear' })).toEqual([baseline]);
    expect(await ids({ filter: 'family~line target="sqft"' })).toEqual([size]);
    expect(await ids({ offset: 1, limit: 2 })).toEqual([strong, weak]);

    const grouped = await client.runs.list({ columns: ['test.r2'], group: 'target', sort: 'created' });
    expect(grouped.groups.map(({ value, first, count }) => [value, first, count])).toEqual([
      ['sqft', 0, 1],
      ['price', 1, 3],
    ]);
    expect(grouped.groups[1]?.best).toEqual({
      column: 'test.r2',
      run: scores.toSorted(([, a], [, b]) => Number(b) - Number(a))[0]?.[0],
      value: Math.max(...scores.map(([, r2]) => Number(r2))),
    });
  });

  test('only what differs among the runs shown', async () => {
    const { client } = await withRuns();
    const columns = ['family', 'data', 'params.alpha', 'seed'];
    expect((await client.runs.list({ columns, differing: true })).columns).toEqual([
      'family',
      'params.alpha',
    ]);
    expect(
      (await client.runs.list({ columns, differing: true, filter: 'family=linear target=price' })).columns,
    ).toEqual(['params.alpha']);
    const known = (await client.runs.columns({ filter: 'target=price' })).columns;
    expect(known.find(({ id }) => id === 'params.alpha')).toMatchObject({
      kind: 'recipe',
      numeric: true,
      filled: 2,
      distinct: 3,
    });
    expect(known.find(({ id }) => id === 'test.r2')).toMatchObject({ filled: 3, direction: 'higher' });
    const { runs, columns: values } = await client.runs.values({ columns: ['alpha', 'test.r2'] });
    expect(runs).toHaveLength(4);
    expect(values.map(({ id, values: cells }) => [id, cells.length])).toEqual([
      ['params.alpha', 4],
      ['test.r2', 4],
    ]);
  });

  test('say what is wrong with a column or a filter', async () => {
    const { client } = await withRuns();
    const unknown = await failureOf(client.runs.list({ columns: ['alpa'] }));
    expect(unknown?.code).toBe('runs-column-unknown');
    expect((await failureOf(client.runs.list({ sort: 'statsu' })))?.message).toContain('near it are status');
    expect((await failureOf(client.runs.list({ sort: 'zzzz' })))?.message).toMatch(
      /there are run, status, family, .* more, which `holdfast runs columns` lists$/,
    );
    const near = await failureOf(client.runs.list({ sort: 'error' }));
    expect(near?.message).toContain('near it are test.mean_absolute_error');
    expect((await failureOf(client.runs.list({ filter: 'r2>' })))?.message).toBe(
      'filter "r2>": expected a value after >',
    );
    expect((await failureOf(client.runs.list({ filter: 'r2>good' })))?.message).toBe(
      'filter "r2>good": expected a number after >, got "good"',
    );
    expect((await failureOf(client.runs.list({ filter: '=3' })))?.message).toBe(
      'filter "=3": expected a column before =, without spaces between: status=done',
    );
    expect((await failureOf(client.runs.list({ filter: 'linear "un closed' })))?.message).toBe(
      'filter ""un closed": a quote is opened and not closed',
    );
  });

  test('carry tags and a note, which are columns too and stand in the journal', async () => {
    const { client, strong, weak } = await withRuns();
    const { marks } = await client.runs.mark({
      run: strong,
      tags: ['team=north', 'keep', 'keep'],
      note: ' for the board ',
    });
    expect(marks).toMatchObject({ tags: ['team=north', 'keep'], note: 'for the board' });
    await client.runs.mark({ run: weak, tags: ['team=south'] });
    const rows = async (filter: string) =>
      (await client.runs.list({ filter, columns: ['tag.team'] })).rows.map(({ id, cells }) => [id, ...cells]);
    expect(await rows('board')).toEqual([[strong, 'north']]);
    expect(await rows('tag.team=south')).toEqual([[weak, 'south']]);
    const before = (await client.lineage.journal({})).records.length;
    await client.runs.mark({ run: strong, tags: ['team=north', 'keep'] });
    expect((await client.lineage.journal({})).records).toHaveLength(before);
    expect((await client.runs.mark({ run: strong, note: '' })).marks).toMatchObject({
      tags: ['team=north', 'keep'],
      note: null,
    });
    expect((await failureOf(client.runs.mark({ run: 'run_none', note: 'x' })))?.code).toBe('run-not-found');
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });
});
