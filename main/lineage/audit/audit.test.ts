import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

const hostile = '<script>alert("x")</script> & \'more\'\u0007';

async function modelWithHistory() {
  const built = await buildTestApp();
  const { client, folder } = built;
  const path = join(folder, 'numbers.csv');
  await writeFile(path, `"a<b>",b\n${Array.from({ length: 60 }, (_, i) => `${i},${3 * i}`).join('\n')}\n`);
  await client.datasets.import({ path, name: 'numbers' });
  const { run } = await client.training.run({ recipe: 'target: b\nfamily: linear\n', dataset: 'numbers' });
  await client.lineage.reproduce({ run: run.id });
  await client.registry.add({ run: run.id, name: 'line', notes: hostile });
  await client.registry.stage({ model: 'line', stage: 'live' });
  await client.registry.predict({ model: 'line', path });
  return { ...built, run };
}

test('an audit tells which rows, which steps, which code and engine, with verdicts and the records that say so', async () => {
  const { client, run } = await modelWithHistory();
  const { audit } = await client.lineage.audit({ id: 'line' });
  const shown = await client.training.show({ run: run.id });
  expect(audit).toMatchObject({
    id: 'model:line@1',
    model: { name: 'line', version: 1, stage: 'live', notes: hostile },
    rows: {
      dataset: 'numbers@1',
      snapshot: run.snapshot,
      here: true,
      rows: 60,
      schema: [
        { name: 'a<b>', type: 'int64' },
        { name: 'b', type: 'int64' },
      ],
      source: { file: 'numbers.csv', rejected: 0 },
      split: shown.split,
    },
    steps: { recipe: run.recipe, yaml: shown.yaml, inputs: ['a<b>'], features: 1 },
    code: run.code,
    engine: run.engine,
    environment: shown.environment,
    members: [],
    verdicts: [{ kind: 'reproduce', outcome: 'identical' }],
    left: [{ what: 'predicted 60 rows' }],
  });
  expect(audit.steps.fitted.map(({ step }) => step)).toEqual(['impute', 'scale']);
  expect(audit.history.map(({ change }) => change)).toHaveLength(2);
  expect(audit.metrics.find(({ metric }) => metric === 'r2')?.test).toBe(run.metrics?.test['r2']);
  expect(audit.journal.map(({ action }) => action)).toEqual([
    'datasets.import',
    'training.run',
    'training.run',
    'lineage.reproduce',
    'registry.add',
    'registry.stage',
    'registry.predict',
  ]);
  const { records } = await client.lineage.journal({});
  for (const record of audit.journal) {
    expect(record.hash).toBe(records.find(({ seq }) => seq === record.seq)?.hash);
    expect(record.sound).toBe(true);
  }
  expect(audit.workspace.head).toBe(records[0]?.hash);
  // A prediction is audited by its model, a verdict by its run.
  const { nodes } = await client.lineage.show({});
  const idOf = (kind: string) => nodes.find((node) => node.kind === kind)?.id ?? '';
  expect((await client.lineage.audit({ id: idOf('prediction') })).audit.id).toBe('model:line@1');
  expect((await client.lineage.audit({ id: idOf('verdict') })).audit.id).toBe(`run:${run.id}`);
  await expect(client.lineage.audit({ id: 'dataset:numbers' })).rejects.toThrow(
    /an audit is of a model version or a run; ".*" is a snapshot/,
  );
});

test('the page holds it all, escaped, and asks for nothing outside it', async () => {
  const { client, folder, run, dir } = await modelWithHistory();
  const out = join(folder, 'audit.html');
  const reply = await client.lineage.audit({ id: 'line', out });
  const page = await readFile(out, 'utf8');
  expect(reply).toMatchObject({ out, html: null });
  for (const { hash } of reply.audit.journal) expect(page).toContain(hash);
  for (const needed of [
    run.snapshot,
    run.recipe,
    run.code,
    'a&lt;b&gt;',
    'identical',
    'target: b',
    '@media print',
  ])
    expect(page).toContain(needed);
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;more&#39;\u2407');
  expect(page).not.toMatch(/<script|<img|<link|https?:|url\(|@import|\son\w+=/i);
  expect(page).not.toContain(folder);
  expect(page.match(/<(section|table|tr|td|dl|pre)\b/g)?.length).toBe(
    page.match(/<\/(section|table|tr|td|dl|pre)>/g)?.length,
  );
  expect((await client.lineage.audit({ id: 'line', html: true })).html).toContain('<!doctype html>');
  await expect(client.lineage.audit({ id: 'line', out: join(dir, 'workspace.sqlite') })).rejects.toThrow(
    /belongs to the workspace/,
  );
});
