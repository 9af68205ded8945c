import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../preload/contract/client.ts';

/** What the gate stops half way: an operation on a prepared workspace, and what identifies its result. */
export interface Operation {
  readonly name: string;
  /** Processes that take durable steps in it; default: both. */
  readonly roles?: readonly ('host' | 'job')[];
  /** Versions that it takes away. */
  readonly removes?: readonly string[];
  /** Brings a fresh workspace to where the operation can start. */
  prepare(client: Client, place: Place): Promise<void>;
  run(client: Client, place: Place): Promise<void>;
  /** What must hold right after a stop, before it is retried; returns what does not, in words. */
  check?(client: Client, place: Place): Promise<readonly string[]>;
  /** Digests that must be the same after an interrupted try was retried. */
  digests(client: Client, place: Place): Promise<readonly string[]>;
}

export interface Place {
  /** A folder that holds everything of this trial. */
  readonly folder: string;
  /** The user's own file, which is only ever read. */
  readonly source: string;
}

/** A small table with a number, a category, missing values and text, enough for every step of the pipeline. */
export function writeSource(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'source.csv');
  const rows = Array.from({ length: 200 }, (_, i) => {
    const size = 50 + ((i * 37) % 101);
    const place = ['north', 'south', 'east'][i % 3] ?? '';
    return `${i % 17 === 0 ? '' : size},${place},${1000 + 12 * size + (i % 3) * 250 + ((i * 7919) % 89)}`;
  });
  writeFileSync(path, `size,place,price\n${rows.join('\n')}\n`);
  return path;
}

const recipe = 'target: price\nfamily: linear\n';
const modelDigests = async (client: Client, run: string): Promise<string[]> => {
  const { nodes } = await client.lineage.show({ id: run });
  return nodes
    .filter(({ kind }) => kind === 'split' || kind === 'recipe' || kind === 'snapshot')
    .map(({ id }) => id)
    .toSorted();
};

async function importSource(client: Client, { source }: Place): Promise<void> {
  await client.datasets.import({ path: source, name: 'houses' });
}

async function train(client: Client): Promise<string> {
  const { run } = await client.training.run({ recipe, dataset: 'houses' });
  return run.id;
}

async function registered(client: Client, place: Place): Promise<void> {
  await importSource(client, place);
  await client.registry.add({ run: await train(client), name: 'houses' });
}

function nextLine(row: number): string {
  return `${row},${['north', 'south', 'east'][row % 3]},${1000 + 12 * row}`;
}

/** The next version of the table, of which most rows are the first one's: it is kept as patches of it. */
function writeNext({ folder }: Place, rows: number): string {
  const path = join(folder, 'next.csv');
  writeFileSync(
    path,
    `size,place,price\n${Array.from({ length: rows }, (_, row) => nextLine(row)).join('\n')}\n`,
  );
  return path;
}

async function importNext(client: Client, place: Place, rows: number): Promise<void> {
  await client.datasets.import({ path: writeNext(place, rows), name: 'table' });
}

/** What every version holds, and that no file lies there without a record. */
async function versionDigests(client: Client): Promise<string[]> {
  const { versions } = await client.datasets.show({ dataset: 'table' });
  const { dir, counts } = (await client.workspaces.info({})).workspace;
  const files = readdirSync(join(dir, 'objects'), { recursive: true, withFileTypes: true });
  return [
    ...versions.map(({ version, snapshot }) => `${version} ${snapshot.id}`),
    `${files.filter((file) => file.isFile()).length} of ${counts.objects}`,
  ];
}

/** The price of row 1,777, which no other row has. */
const person = String(1000 + 12 * 1777);

/** Files in whose bytes a text stands. */
function filesWith(dir: string, text: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

const bundleDir = ({ folder }: Place): string => join(folder, 'bundle');
const remote = ({ folder }: Place): string => `file:${join(folder, 'remote')}`;

export const operations: readonly Operation[] = [
  {
    name: 'import',
    prepare: async () => undefined,
    run: importSource,
    async digests(client) {
      const { version } = await client.datasets.show({ dataset: 'houses' });
      return [version.snapshot.id];
    },
  },
  {
    name: 'next version',
    prepare: (client, place) => importNext(client, place, 2000),
    run: (client, place) => importNext(client, place, 2010),
    digests: versionDigests,
  },
  {
    name: 'delete',
    roles: ['host'],
    removes: ['table@1'],
    async prepare(client, place) {
      await importNext(client, place, 2000);
      await importNext(client, place, 2010);
      await client.datasets.profile({ dataset: 'table@1' });
      await client.datasets.diff({ from: 'table@1', to: 'table@2' });
    },
    async run(client) {
      const { versions } = await client.datasets.show({ dataset: 'table' });
      if (versions.length === 2) await client.datasets.delete({ dataset: 'table@1' });
      if ((await client.datasets.trash({})).versions.length > 0) await client.datasets.empty({});
    },
    digests: versionDigests,
  },
  {
    name: 'erase',
    roles: ['host'],
    removes: ['table@1', 'table@2'],
    async prepare(client, place) {
      await importNext(client, place, 2000);
      await importNext(client, place, 2010);
      await client.datasets.profile({ dataset: 'table@1' });
      await client.datasets.diff({ from: 'table@1', to: 'table@2' });
      await client.datasets.note({ dataset: 'table@2', text: `asked for by ${person}` });
    },
    async run(client) {
      await client.privacy.erase({ subject: 'table.price', value: person, yes: true });
    },
    async check(client) {
      const { versions } = await client.datasets.show({ dataset: 'table' });
      const rows = versions.map(({ snapshot }) => snapshot.rows).join(', ');
      const there = rows === '2000, 2010';
      const { dir } = (await client.workspaces.info({})).workspace;
      const found = filesWith(dir, person);
      if (!there && rows !== '1999, 2009') return [`versions of ${rows} rows are half of it`];
      return !there && found.length > 0 ? [`erased, but it stands in ${found.join(', ')}`] : [];
    },
    async digests(client) {
      const { dir } = (await client.workspaces.info({})).workspace;
      return [...(await versionDigests(client)), ...filesWith(dir, person)];
    },
  },
  {
    name: 'train',
    prepare: importSource,
    run: async (client) => void (await train(client)),
    async digests(client) {
      const { runs } = await client.training.list({});
      const done = runs.find(({ status }) => status === 'done');
      if (!done) return [];
      // A training that was done before it was asked for again has looked at the test rows: that is counted.
      const { looks = -1, ...metrics } = done.metrics ?? {};
      const counted = runs.filter(({ status }) => status === 'done').length > looks && looks >= 0;
      return [...(await modelDigests(client, done.id)), JSON.stringify(metrics), `looks counted: ${counted}`];
    },
  },
  {
    name: 'export',
    prepare: registered,
    run: async (client, place) =>
      void (await client.bundles.export({ model: 'houses', dir: bundleDir(place) })),
    async digests(client, place) {
      const { verified, digest } = await client.bundles.verify({ dir: bundleDir(place) });
      return [String(verified), digest ?? ''];
    },
  },
  {
    name: 'pull',
    async prepare(client, place) {
      await registered(client, place);
      await client.remotes.push({ model: 'houses', remote: remote(place), withData: true });
      await client.workspaces.create({ dir: join(place.folder, 'second') });
    },
    run: async (client, place) => void (await client.remotes.pull({ remote: remote(place) })),
    async digests(client) {
      const { models } = await client.registry.list({});
      const run = models[0]?.versions[0]?.run;
      return run ? [run, ...(await modelDigests(client, run))] : [];
    },
  },
];
