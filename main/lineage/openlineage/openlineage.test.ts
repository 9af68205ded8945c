import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildTestApp } from '../../testing/build-app.ts';
import { uuidOf } from './event-id.ts';
import schema from './openlineage.fixture.json' with { type: 'json' };

/** The schema of an event, or of one of its facets. */
function schemaOf(name: string): z.ZodType {
  return z.fromJSONSchema({ ...schema, $ref: `#/$defs/${name}` } as Parameters<typeof z.fromJSONSchema>[0]);
}

const runEvent = schemaOf('RunEvent');

const Facets = z.record(z.string(), z.looseObject({ _schemaURL: z.string() }));
const Thing = z.looseObject({ namespace: z.string(), name: z.string(), facets: Facets });
const Event = z.looseObject({
  eventType: z.string(),
  eventTime: z.string(),
  run: z.object({ runId: z.string(), facets: Facets }),
  job: z.looseObject({ name: z.string(), facets: Facets }),
  inputs: z.array(Thing.extend({ inputFacets: Facets })),
  outputs: z.array(Thing.extend({ outputFacets: Facets })),
});

async function exportedStory() {
  const { client, folder } = await buildTestApp();
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${3 * i}`);
  const path = join(folder, 'numbers.csv');
  await writeFile(path, `a,b\n${rows.join('\n')}\n`);
  await client.datasets.import({ path, name: 'numbers' });
  const { run } = await client.training.run({ recipe: 'target: b\nfamily: linear\n', dataset: 'numbers' });
  await client.lineage.reproduce({ run: run.id });
  await client.registry.add({ run: run.id, name: 'line' });
  await client.registry.predict({ model: 'line', path });
  const out = join(folder, 'lineage.ndjson');
  const written = await client.lineage.export({ out });
  const text = await readFile(out, 'utf8');
  return {
    client,
    folder,
    run,
    out,
    written,
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  };
}

test('the schema refuses what is no event, so that the test below can fail', () => {
  const event = {
    eventTime: '2026-03-03T10:00:00.000Z',
    producer: 'urn:x:y',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    run: { runId: uuidOf('x') },
    job: { namespace: 'n', name: 'j' },
  };
  expect(runEvent.safeParse(event).success).toBe(true);
  for (const wrong of [
    { ...event, run: { runId: 'run_1' } },
    { ...event, job: { name: 'j' } },
    { ...event, eventType: 'DONE' },
    { ...event, producer: undefined },
    { ...event, run: { runId: uuidOf('x'), facets: { a: { _producer: 'urn:x:y' } } } },
    { ...event, outputs: [{ name: 'no namespace' }] },
  ])
    expect(runEvent.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});

test('every event and every facet fits the OpenLineage schema it names', async () => {
  const { lines, written } = await exportedStory();
  expect(written.events).toBe(lines.length);
  let facets = 0;
  for (const line of lines) {
    const checked = runEvent.safeParse(line);
    expect(checked.success, checked.error && z.prettifyError(checked.error)).toBe(true);
    const { run, job, inputs, outputs } = Event.parse(line);
    for (const facet of [
      run.facets,
      job.facets,
      ...inputs.flatMap((one) => [one.facets, one.inputFacets]),
      ...outputs.flatMap((one) => [one.facets, one.outputFacets]),
    ].flatMap((all) => Object.values(all))) {
      const name = facet._schemaURL.split('/').at(-1) ?? '';
      const fit = schemaOf(name).safeParse(facet);
      expect(fit.success, `${name}: ${fit.error && z.prettifyError(fit.error)}`).toBe(true);
      facets++;
    }
  }
  expect(facets).toBeGreaterThan(40);
});

function key({ namespace, name, facets }: z.infer<typeof Thing>): string {
  return `${namespace} ${name} ${String(facets['version']?.['datasetVersion'])}`;
}

test('every activity begins and ends once, and its ends meet: what one makes another reads, in the same version', async () => {
  const { lines, run } = await exportedStory();
  const events = lines.map((line) => Event.parse(line));
  const byRun = Map.groupBy(events, (event) => event.run.runId);
  expect([...byRun.values()].map((of) => of.map(({ eventType }) => eventType))).toEqual(
    [...byRun].map(() => ['START', 'COMPLETE']),
  );
  expect([...byRun.values()].map(([first]) => first?.job.name)).toEqual([
    'import.numbers',
    'train.numbers.b.linear',
    'reproduce.numbers.b.linear',
    'register.line',
    'predict.line',
  ]);
  const made = new Set(events.flatMap(({ outputs }) => outputs.map(key)));
  const read = events.flatMap(({ inputs }) => inputs).filter(({ namespace }) => namespace !== 'file');
  expect(read.length).toBeGreaterThan(4);
  for (const one of read) expect(made.has(key(one)), key(one)).toBe(true);
  const training = events.find(
    ({ job, eventType }) => job.name.startsWith('train') && eventType === 'COMPLETE',
  );
  expect(training?.inputs[0]?.facets['schema']).toMatchObject({
    fields: [
      { name: 'a', type: 'int64' },
      { name: 'b', type: 'int64' },
    ],
  });
  expect(training?.inputs[0]?.facets['version']).toMatchObject({ datasetVersion: run.snapshot });
  expect(training?.job.facets['sourceCode']).toMatchObject({
    language: 'yaml',
    sourceCode: expect.stringContaining('target: b'),
  });
  expect(training?.run.facets['holdfast']).toMatchObject({ run: run.id, code: run.code });
});

test('the same records give the same bytes, one object only its part, and no folder of this computer', async () => {
  const { client, folder, written, text, run } = await exportedStory();
  const again = await client.lineage.export({ out: join(folder, 'again.ndjson') });
  expect(again.sha256).toBe(written.sha256);
  expect(text).not.toContain(folder);
  await writeFile(join(folder, 'other.csv'), 'c\n1\n2\n');
  await client.datasets.import({ path: join(folder, 'other.csv'), name: 'other' });
  const whole = await client.lineage.export({ out: join(folder, 'whole.ndjson') });
  expect(whole.events).toBe(written.events + 2);
  const part = await client.lineage.export({ out: join(folder, 'part.ndjson'), id: run.id });
  expect(part.sha256).toBe(written.sha256);
  await expect(
    client.lineage.export({ out: join(folder, 'workspace', 'objects', 'x.ndjson') }),
  ).rejects.toThrow(/belongs to the workspace/);
});

test('ids are UUIDs of version 5, as any other tool makes them', () => {
  // Python: uuid.uuid5(uuid.NAMESPACE_URL, 'holdfast://ws_1/run run_1')
  expect(uuidOf('holdfast://ws_1/run run_1')).toBe('058de4b0-d318-5df8-87c0-e87ad9a34902');
});
