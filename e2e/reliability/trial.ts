import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from '../../preload/contract/client.ts';
import { createApp, type Application } from '../../main/app/index.ts';
import { writeSource, type Operation, type Place } from './operations.ts';

/** A folder made ready for an operation once, copied for each trial: a workspace may be moved. */
export interface Template {
  readonly folder: string;
  /** Name of the workspace folder that the operation works on. */
  readonly workspace: string;
  readonly facts: Facts;
  /** What the operation gives when nothing stops it. */
  readonly digests: readonly string[];
}

/** What was acknowledged and must be there whatever happens later. */
interface Facts {
  /** `houses@1 ID` for every version. */
  readonly versions: readonly string[];
  readonly runs: readonly string[];
  readonly models: readonly string[];
}

interface Opened {
  readonly app: Application;
  readonly client: Client;
}

async function open(dir: string | undefined, home: string): Promise<Opened> {
  process.env['HOLDFAST_HOME'] = home;
  const app = await createApp({
    host: 'the reliability gate',
    jobs: 'inline',
    ...(dir === undefined ? {} : { workspace: dir }),
  });
  return {
    app,
    client: createClient({
      call: (method, input) => app.dispatch(method, input),
      subscribe: (l) => app.subscribe(l),
    }),
  };
}

async function factsOf(client: Client): Promise<Facts> {
  const { datasets } = await client.datasets.list({});
  const { runs } = await client.training.list({});
  const { models } = await client.registry.list({});
  const shown = await Promise.all(datasets.map(({ name }) => client.datasets.show({ dataset: name })));
  return {
    versions: shown.flatMap(({ dataset, versions }) =>
      versions.map(({ version, snapshot }) => `${dataset}@${version} ${snapshot.id}`),
    ),
    runs: runs.filter(({ status }) => status === 'done').map(({ id }) => id),
    models: models.flatMap(({ versions }) => versions.map(({ name, version }) => `${name}@${version}`)),
  };
}

export async function makeTemplate(operation: Operation): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-gate-${operation.name}-`));
  const place: Place = { folder, source: writeSource(folder) };
  const { app, client } = await open(undefined, join(folder, 'home'));
  await client.workspaces.create({ dir: join(folder, 'first') });
  await operation.prepare(client, place);
  const facts = await factsOf(client);
  await app.close();
  const workspace = existsSync(join(folder, 'second')) ? 'second' : 'first';
  const template = { folder, workspace, facts, digests: [] };
  const trial = copy(template);
  const opened = await open(join(trial.folder, workspace), join(trial.folder, 'home'));
  await operation.run(opened.client, trial);
  const digests = await operation.digests(opened.client, trial);
  await opened.app.close();
  discard(trial.folder);
  return { ...template, digests };
}

function copy(template: Pick<Template, 'folder'>): Place {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-trial-'));
  cpSync(template.folder, folder, { recursive: true });
  return { folder, source: join(folder, 'source.csv') };
}

export function discard(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export interface Ending {
  /** The victim ended by itself before it could be stopped. */
  readonly survived: boolean;
  readonly milliseconds: number;
  readonly stderr: string;
}

/** Runs the victim on a copy of the template. `environment` stops it at a step; `killAfter` (ms) kills its whole process group. */
export async function runVictim(
  operation: Operation,
  template: Template,
  options: { environment?: Record<string, string>; killAfter?: number },
): Promise<{ place: Place; ending: Ending }> {
  const place = copy(template);
  const script = join(import.meta.dirname, 'run-operation.ts');
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [script, operation.name, join(place.folder, template.workspace), place.folder, place.source],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOLDFAST_HOME: join(place.folder, 'home'), ...options.environment },
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const group = -(child.pid ?? 0);
  const timer =
    options.killAfter === undefined ? undefined : setTimeout(() => killGroup(group), options.killAfter);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  killGroup(group);
  return { place, ending: { survived: code === 0, milliseconds: performance.now() - started, stderr } };
}

function killGroup(group: number): void {
  try {
    process.kill(group, 'SIGKILL');
  } catch {
    // Every process of it has ended.
  }
}

/** Everything that must hold after a fault; returns what does not, in words. */
export async function inspect(operation: Operation, template: Template, place: Place): Promise<string[]> {
  const wrong: string[] = [];
  if (!readFileSync(place.source).equals(readFileSync(join(template.folder, 'source.csv'))))
    wrong.push("the user's file was changed");
  const started = performance.now();
  const { app, client } = await open(join(place.folder, template.workspace), join(place.folder, 'home'));
  if (performance.now() - started > 5000) wrong.push('reopening took more than 5 s');
  try {
    const report = await client.workspaces.verify({});
    wrong.push(...report.problems.map(({ message }) => `verify: ${message}`));
    const facts = await factsOf(client);
    for (const kind of ['versions', 'runs', 'models'] as const) {
      for (const id of template.facts[kind])
        if (!facts[kind].includes(id) && !operation.removes?.some((version) => id.startsWith(`${version} `)))
          wrong.push(`${kind} ${id} was acknowledged and is lost`);
    }
    const { runs } = await client.training.list({});
    for (const { id, status } of runs)
      if (status === 'running' || status === 'queued') wrong.push(`run ${id} says it is ${status}`);
    const { jobs } = await client.jobs.list({});
    for (const { id, status, method } of jobs) {
      if ((status === 'running' || status === 'queued') && method !== 'workspaces.verify')
        wrong.push(`job ${id} says it is ${status}`);
    }
    const staging = join(place.folder, template.workspace, 'staging');
    const leftovers = existsSync(staging) ? readdirSync(staging) : [];
    if (leftovers.length) wrong.push(`staging still holds ${leftovers.join(', ')}`);
    if (!(await isWholeBundle(client, place))) wrong.push('a half-written bundle is visible');
    wrong.push(...((await operation.check?.(client, place)) ?? []));
    if (!existsSync(join(place.folder, 'bundle'))) await operation.run(client, place);
    const digests = await operation.digests(client, place);
    if (JSON.stringify(digests) !== JSON.stringify(template.digests)) {
      wrong.push(`retried: ${JSON.stringify(digests)} instead of ${JSON.stringify(template.digests)}`);
    }
  } catch (error) {
    wrong.push(`failed afterwards: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await app.close();
  }
  return wrong;
}

/** A bundle folder is there whole, or not at all. */
async function isWholeBundle(client: Client, { folder }: Place): Promise<boolean> {
  const dir = join(folder, 'bundle');
  return !existsSync(dir) || (await client.bundles.verify({ dir })).verified;
}
