import { expect, test } from 'vitest';
import { createClient } from '../../preload/contract/client.ts';
import type { RecordTable } from '../workspaces/index.ts';
import { buildTestApp } from '../testing/build-app.ts';
import { createSession } from '../workspaces/index.ts';
import type { Row } from '../platform/database/index.ts';
import { systemClock } from '../platform/clock.ts';

const digest = (n: number): string => n.toString(16).padStart(64, '0');
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString();

/** A workspace of a busy year: 12 datasets, each with versions, runs, verdicts and a model that lives on. */
async function busyWorkspace() {
  const { app, client, dir } = await buildTestApp();
  await app.close();
  const session = createSession({
    clock: systemClock,
    actor: 'test',
    holder: 'a test',
    onChange: () => undefined,
    onSwitch: () => undefined,
    beforeLeaving: async () => undefined,
  });
  const workspace = await session.open(dir);
  let at = 0;
  await workspace.commit({ action: 'test.fill', actor: 'test' }, (transaction) => {
    const add = (table: RecordTable, row: Row) => transaction.put(table, row);
    add('objects', { digest: digest(1), kind: 'snapshot-manifest', size: 1, children: '[]' });
    for (let d = 0; d < 12; d++) {
      const dataset = `data-${d}`;
      add('datasets', { name: dataset, created: day(at) });
      add('models', { name: `model-${d}`, created: day(at) });
      for (let v = 1; v <= 3; v++) {
        const snapshot = digest(1000 + d * 10 + v);
        add('snapshots', { id: snapshot, manifest: digest(1), rows: 100, columns: 4 });
        add('versions', {
          dataset, version: v, snapshot, created: day(at++), actor: 'ann', options: '{}', rejected: 0, rejects: null, notes: '[]',
          source: JSON.stringify({ file: `${dataset}-${v}.csv`, size: 10, sha256: digest(2000 + d * 10 + v) }),
        }); // prettier-ignore
      }
      const recipe = digest(3000 + d);
      add('recipes', {
        hash: recipe,
        body: '{"steps":[{"step":"scale"}],"family":"linear"}',
        created: day(at),
      });
      for (let r = 0; r < 100; r++) {
        const id = `run_${d}_${r}`;
        add('runs', {
          id, status: 'done', dataset, version: 1 + (r % 3), snapshot: digest(1000 + d * 10 + 1 + (r % 3)), target: 'y', task: 'regression',
          family: 'linear', recipe, seed: r, code: '0.1.0+000000000000', created: day(at++), finished: day(at), duration: 1, actor: 'ann',
          job: null, engine: null, metrics: null, notes: '[]', error: null, split: null, pipeline: null, model: null, evaluation: null,
          history: null, golden: null, manifest: null, origin: null,
        }); // prettier-ignore
        if (r % 2) add('verdicts', { id: `v_${d}_${r}`, kind: 'reproduce', subject: id, outcome: 'identical', at: day(at++), actor: 'ann', evidence: '{}' }); // prettier-ignore
        if (r % 10 === 0) {
          add('model_versions', {
            model: `model-${d}`, version: 1 + r / 10, run: id, stage: 'candidate', notes: '', created: day(at++), actor: 'ann', history: '[]',
            origin: null,
          }); // prettier-ignore
        }
      }
    }
  });
  await session.close();
  const { createApp } = await import('../app/index.ts');
  const again = await createApp({ host: 'a test', workspace: dir, jobs: 'inline' });
  return {
    end: () => again.close(),
    client: createClient({ call: (m, i, c) => again.dispatch(m, i, c), subscribe: client.subscribe }),
  };
}

test('two thousand objects stand together until they are looked at', { timeout: 60_000 }, async () => {
  const { client, end } = await busyWorkspace();
  try {
    const all = await client.lineage.show({});
    expect(all.nodes.length).toBeGreaterThan(2000);
    expect(all.total).toEqual({ nodes: all.nodes.length, edges: all.edges.length });

    const shown = await client.lineage.show({ group: 'auto' });
    expect(shown.nodes.length).toBeLessThan(160);
    expect(shown.total).toEqual(all.total);
    const standing = shown.nodes.reduce((sum, { members = 1 }) => sum + members, 0);
    expect(standing, 'every object is drawn or stands behind a group').toBe(all.nodes.length);
    const ids = new Set(shown.nodes.map(({ id }) => id));
    for (const { from, to } of shown.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
    const links = shown.edges.reduce((sum, { count = 1 }) => sum + count, 0);
    expect(links, 'every link is drawn or counted').toBe(all.edges.length);

    const group = 'group:run:data-3';
    expect(shown.nodes.find(({ id }) => id === group)).toMatchObject({
      kind: 'run',
      members: 100,
      facts: { of: 'data-3' },
    });
    const opened = await client.lineage.show({ group: 'auto', open: [group] });
    const members = opened.nodes.filter((node) => node.group === group);
    expect(members.map(({ id }) => id)[0]).toBe('run:run_3_99');
    expect(members.length).toBe(40);
    expect(opened.nodes.find(({ id }) => id === group)?.members).toBe(60);
    const wide = await client.lineage.show({ group: 'auto', open: [group, group, group] });
    expect(wide.nodes.some(({ id }) => id === group)).toBe(false);

    const kept = await client.lineage.show({ group: 'kind', keep: ['run:run_7_7'] });
    expect(kept.nodes.some(({ id }) => id === 'run:run_7_7')).toBe(true);
    expect(kept.nodes.length).toBeLessThan(12);
    const focused = await client.lineage.show({ id: 'model:model-2@1', group: 'model' });
    expect(focused.nodes.some(({ id }) => id === focused.focus)).toBe(true);

    expect(all.moments.length).toBe(1);
    const { steps } = await client.lineage.path({ from: 'dataset:data-5@1', to: 'model:model-5@1' });
    expect(steps.map(({ how }) => how)).toEqual(['data', 'entered']);
  } finally {
    await end();
  }
});
