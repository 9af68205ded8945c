import { cpSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '../../preload/contract/client.ts';
import { Failure } from '../../preload/contract/errors.ts';
import { createApp } from '../../main/app/index.ts';
import { createRandom } from '../../main/platform/random.ts';
import { discard, makeTemplate, type Template } from './trial.ts';
import type { Operation } from './operations.ts';

const seed = 20261123;

/** A workspace that was copied while open: its last commits stand in the write-ahead log alone. */
let template: Template;
const opened = (): string => join(template.folder, 'opened');

beforeAll(async () => {
  const operation: Operation = {
    name: 'flips',
    async prepare(client, place) {
      await client.datasets.import({ path: place.source, name: 'houses' });
      const { run } = await client.training.run({ recipe: 'target: price\nfamily: linear\n' });
      await client.registry.add({ run: run.id, name: 'houses' });
    },
    run: () => Promise.resolve(),
    digests: () => Promise.resolve([]),
  };
  template = await makeTemplate(operation);
  const { client, close } = await open(join(template.folder, 'first'));
  await client.registry.stage({ model: 'houses@1', stage: 'live' });
  await client.registry.stage({ model: 'houses@1', stage: 'archived' });
  cpSync(join(template.folder, 'first'), opened(), { recursive: true });
  await close();
}, 60_000);

afterAll(() => discard(template.folder));

async function open(dir: string): Promise<{ client: Client; close: () => Promise<void> }> {
  process.env['HOLDFAST_HOME'] = join(template.folder, 'home');
  const app = await createApp({ host: 'the reliability gate', jobs: 'inline', workspace: dir });
  const client = createClient({
    call: (method, input) => app.dispatch(method, input),
    subscribe: (listener) => app.subscribe(listener),
  });
  return { client, close: () => app.close() };
}

/** Everything a user would see; the same before and after means that the damage did no harm. */
async function seen(client: Client): Promise<string> {
  const [datasets, runs, models, graph] = await Promise.all([
    client.datasets.list({}),
    client.training.list({}),
    client.registry.list({}),
    client.lineage.show({}),
  ]);
  return JSON.stringify([datasets, runs, models, graph]);
}

type Outcome =
  | { readonly kind: 'refused' | 'named'; readonly words: string }
  | { readonly kind: 'silent'; readonly seen: string };

/** What becomes of a damaged copy. Throws when something other than a failure with words comes out. */
async function outcomeOf(dir: string): Promise<Outcome> {
  try {
    const { client, close } = await open(dir);
    try {
      const { verified, problems } = await client.workspaces.verify({});
      if (!verified) return { kind: 'named', words: problems.map(({ message }) => message).join('; ') };
      return { kind: 'silent', seen: await seen(client) };
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof Failure && error.code !== 'internal')
      return { kind: 'refused', words: error.message };
    throw error;
  }
}

async function damaged(change: (dir: string) => void, from = opened()): Promise<Outcome> {
  const dir = join(template.folder, 'damaged');
  rmSync(dir, { recursive: true, force: true });
  cpSync(from, dir, { recursive: true });
  change(dir);
  return outcomeOf(dir);
}

function flip(path: string, bit: number): void {
  const bytes = readFileSync(path);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  writeFileSync(path, bytes);
}

test.each([
  { file: 'workspace.sqlite', state: 'closed', count: 220 },
  { file: 'workspace.sqlite', state: 'opened', count: 40 },
  { file: 'workspace.sqlite-wal', state: 'opened', count: 60 },
])(
  '$count single-bit flips in $file of a workspace copied while $state: refused, named by verify, or without any effect',
  { timeout: 900_000 },
  async ({ file, state, count }) => {
    const from = state === 'opened' ? opened() : join(template.folder, 'first');
    // Most of a small database is room never written to; flips there prove nothing.
    const used = [...readFileSync(join(from, file)).entries()].filter(([, byte]) => byte !== 0);
    expect(used.length).toBeGreaterThan(1000);
    const whole = await damaged(() => undefined, from);
    if (whole.kind !== 'silent') throw new Error(`the undamaged copy: ${whole.words}`);
    const random = createRandom(seed);
    const counts = { refused: 0, named: 0, harmless: 0 };
    const wrong: string[] = [];
    for (let i = 0; i < count; i++) {
      const bit = 8 * (used[random.integer(used.length)]?.[0] ?? 0) + random.integer(8);
      try {
        const outcome = await damaged((dir) => flip(join(dir, file), bit), from);
        if (outcome.kind !== 'silent') counts[outcome.kind]++;
        else if (outcome.seen === whole.seen) counts.harmless++;
        else wrong.push(`bit ${bit}: verified, but what is seen changed`);
      } catch (error) {
        wrong.push(`bit ${bit}: ${String(error)}`);
      }
    }
    expect(wrong).toEqual([]);
    console.log(`${file}, ${state}: ${JSON.stringify(counts)} of ${count} flips`);
  },
);

test.each([0, 0.3, 0.6, 0.9, 0.999])(
  'a write-ahead log cut to %d of its length: the lost records are named',
  { timeout: 60_000 },
  async (share) => {
    const outcome = await damaged((dir) => {
      const log = join(dir, 'workspace.sqlite-wal');
      truncateSync(log, Math.floor(statSync(log).size * share));
    });
    expect(outcome).toMatchObject({
      kind: 'named',
      words: expect.stringMatching(/^the journal ends at record \d+, but \d+ were/) as string,
    });
  },
);

test('a write-ahead log that is missing: the lost records are named, and no object of theirs is swept', async () => {
  const dir = join(template.folder, 'damaged');
  const outcome = await damaged((at) => {
    rmSync(join(at, 'workspace.sqlite-wal'));
    // What a crashed job leaves: without the missing records, this must not start a sweep.
    cpSync(join(at, 'objects'), join(at, 'staging', 'job_crashed'), { recursive: true });
  });
  expect(outcome.kind).toBe('named');
  expect(existsSync(join(dir, 'staging', 'job_crashed'))).toBe(true);
});
