import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '../../../preload/contract/client.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import { methodSpec } from '../../../preload/contract/index.ts';
import { invoke } from './invoke.ts';
import { secretOf } from './parameters.ts';
import type { GlobalOptions } from './program.ts';
import { askLine, askSecret } from './prompt.ts';
import { render } from './render.ts';
import { plainText } from './text.ts';

type Input = Readonly<Record<string, unknown>>;

/** Carries out one command and prints what it gave; returns the exit code. */
export async function run(method: string, input: Input, globals: GlobalOptions): Promise<number> {
  const filled = await withSecret(method, input);
  if (!globals.json && printsCsv(method, filled)) return printPredictions(method, filled, globals);
  const reply = await askWhenRefused(method, filled, globals);
  const text = globals.json ? JSON.stringify(await jsonOf(reply)) : await render(method, reply);
  process.stdout.write(`${text}\n`);
  return saysNo(method, reply.value) ? 1 : 0;
}

/** Commands whose answer can be "no" without anything having failed. */
function saysNo(method: string, value: unknown): boolean {
  const answer: {
    verified?: boolean;
    verdict?: string;
    problems?: unknown;
    recipe?: unknown;
    relation?: string;
  } = Object(value);
  if (method === 'workspaces.verify' || method === 'bundles.verify') return answer.verified !== true;
  if (method === 'recipes.resolve') return answer.recipe === null;
  if (method === 'recipes.effect') return Array.isArray(answer.problems) && answer.problems.length > 0;
  if (method === 'lineage.path') return answer.relation === 'none';
  return method === 'lineage.reproduce' && answer.verdict === 'not-reproduced';
}

async function jsonOf(reply: Reply): Promise<unknown> {
  if (!reply.table) return reply.value;
  const { decodeTable } = await import('./arrow-rows.ts');
  const { columns, rows } = decodeTable(reply.table);
  const records = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
  const value: { rows?: unknown } = Object(reply.value);
  return { ...value, total: value.rows, rows: records };
}

async function withSecret(method: string, input: Input): Promise<Input> {
  const spec = methodSpec(method);
  const secret = spec && secretOf(spec);
  if (!secret?.needed) return input;
  const { key } = secret;
  const known = process.env['HOLDFAST_REGISTRY_PASSWORD'];
  return { ...input, [key]: known ?? (await askSecret(`${key[0]?.toUpperCase() ?? ''}${key.slice(1)}: `)) };
}

/**
 * On a terminal a person is asked, once, for what a refusal can be mended with: the password of a database, unseen, or a
 * name to trust an unknown signer by. No answer leaves it refused.
 */
async function askWhenRefused(method: string, input: Input, globals: GlobalOptions): Promise<Reply> {
  try {
    return await invoke(method, input, globals.workspace);
  } catch (error) {
    const more = error instanceof Failure && process.stdin.isTTY ? await askFor(method, error) : undefined;
    if (!more) throw error;
    return invoke(method, { ...input, ...more }, globals.workspace);
  }
}

async function askFor(method: string, { code, message, details }: Failure): Promise<Input | undefined> {
  const spec = methodSpec(method);
  const secret = spec && secretOf(spec);
  if (secret && code === 'database-login') {
    const { address } = details as { address?: string };
    return { [secret.key]: await askSecret(`Password for ${plainText(address ?? 'the database')}: `) };
  }
  if (method === 'remotes.pull' && code === 'bundle-signer-unknown') {
    process.stderr.write(`${plainText(message)}\n`);
    const trust = await askLine('Name to trust this key by (nothing: do not trust it): ');
    return trust === '' ? undefined : { trust };
  }
  return undefined;
}

function printsCsv(method: string, input: Input): boolean {
  return method === 'registry.predict' && input['out'] === undefined && input['path'] !== undefined;
}

/** Without `--out` the CSV itself goes to standard output, whole, and nothing else does. */
async function printPredictions(method: string, input: Input, globals: GlobalOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
  try {
    const out = join(folder, 'predictions.csv');
    const { value } = await invoke(method, { ...input, out }, globals.workspace);
    const { notes = [] }: { notes?: readonly string[] } = Object(value);
    for (const note of notes) process.stderr.write(`${note}\n`);
    await pipeline(createReadStream(out), process.stdout, { end: false });
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
