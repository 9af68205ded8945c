import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { Failure } from '../../preload/contract/errors.ts';
import { methodSpec } from '../../preload/contract/index.ts';
import { createApp } from '../app/index.ts';
import { decodeTable } from './cli/arrow-rows.ts';
import { parametersOf } from './cli/parameters.ts';
import { createWebHost } from './web/server.ts';

/** What a call gave: its JSON, or its failure's. Tables are decoded to rows. */
type Call = (method: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

const SessionReply = z.object({ session: z.string() });
const ValueReply = z.object({ value: z.unknown().optional(), error: z.unknown().optional() });

const sample = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sacramento.csv');

/** One user's work, with refusals of several kinds on the way. */
function story(
  dir: string,
  files: string,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return [
    ['workspaces.create', { dir, name: 'ours' }],
    ['workspaces.create', { dir, name: 'ours' }],
    ['datasets.list', {}],
    ['datasets.show', { dataset: 'houses' }],
    ['datasets.inspect', { path: sample }],
    ['datasets.import', { path: sample, name: 'houses' }],
    ['datasets.import', { path: sample, name: 'houses' }],
    ['datasets.import', { path: sample, name: 'Not A Name' }],
    ['datasets.import', { path: join(files, 'missing.csv') }],
    [
      'datasets.import',
      { path: join(files, 'semicolons.csv'), options: { delimiter: ';', nullTokens: ['?'] } },
    ],
    ['datasets.import', { path: sample, options: { separator: ';' } }],
    ['datasets.list', {}],
    ['datasets.show', { dataset: 'houses@1' }],
    ['datasets.show', { dataset: 'houses@9' }],
    ['datasets.preview', { dataset: 'houses', offset: 930, limit: 5 }],
    ['datasets.preview', { dataset: 'semicolons', columns: ['when', 'flag'] }],
    ['datasets.preview', { dataset: 'houses', limit: 10_001 }],
    ['datasets.profile', { dataset: 'houses' }],
    ['datasets.relations', { dataset: 'houses' }],
    ['datasets.rejects', { dataset: 'semicolons' }],
    ['recipes.families', {}],
    ['recipes.steps', {}],
    ['training.list', {}],
    ['training.show', { run: 'run_none' }],
    ['lineage.show', {}],
    ['lineage.show', { id: 'houses@1' }],
    ['lineage.journal', { limit: 1 }],
    ['registry.list', {}],
    ['registry.stage', { model: 'none', stage: 'live' }],
    ['bundles.keys', {}],
    ['bundles.verify', { dir: files }],
    ['remotes.list', {}],
    ['system.samples', {}],
    ['workspaces.info', {}],
    ['workspaces.verify', {}],
  ];
}

async function inProcess(): Promise<Call> {
  const app = await createApp({ host: 'a test' });
  onTestFinished(() => app.close());
  return async (method, input) => {
    try {
      const { value, table } = await app.dispatch(method, input);
      return table ? { ...Object(value), table: decodeTable(table) } : value;
    } catch (error) {
      return error instanceof Failure ? { error: error.toJSON() } : { thrown: String(error) };
    }
  };
}

async function overHttp(folder: string): Promise<Call> {
  const app = await createApp({ host: 'a test' });
  const web = await createWebHost({ app, pageFolder: folder, actor: 'ann' });
  onTestFinished(async () => {
    await web.close();
    await app.close();
  });
  const json = { 'content-type': 'application/json' };
  const token = new URL(web.address()).hash.slice('#token='.length);
  const begun = await fetch(`${web.origin}/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token }),
  });
  const { session } = SessionReply.parse(await begun.json());
  return async (method, input) => {
    const headers = { ...json, authorization: `Bearer ${session}` };
    const response = await fetch(`${web.origin}/api/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    });
    if (response.headers.get('content-type') !== 'application/vnd.holdfast.table') {
      const reply = ValueReply.parse(await response.json());
      return response.ok ? reply.value : { error: reply.error };
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const end = 4 + bytes.readUInt32LE(0);
    const value: object = JSON.parse(bytes.subarray(4, end).toString());
    return { ...value, table: decodeTable(bytes.subarray(end)) };
  };
}

function byCommandLine(dir: string): Call {
  return async (method, input) => {
    const spec = methodSpec(method);
    const args = [
      ...method.split('.'),
      '--json',
      ...(method === 'workspaces.create' ? [] : ['--workspace', dir]),
    ];
    for (const { key, flag, positional, kind } of spec ? parametersOf(spec) : []) {
      const value = input[key];
      if (value === undefined) continue;
      const texts = Array.isArray(value) && kind === 'texts' ? value.map(String) : [asText(value)];
      for (const text of texts) args.push(...(positional ? [text] : [`--${flag}`, text]));
    }
    const out = await new Promise<string>((resolve) => {
      execFile(process.execPath, [join(import.meta.dirname, 'cli', 'holdfast.cjs'), ...args], (_, text) =>
        resolve(text),
      );
    });
    const value: { rows?: unknown; total?: number } = JSON.parse(out);
    if (!spec?.table || !Array.isArray(value.rows)) return value;
    const { total, rows, ...rest } = value;
    const columns = Object.keys(Object(rows[0]));
    return { ...rest, rows: total, table: { columns, rows: rows.map((row) => Object.values(Object(row))) } };
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What may differ: ids, moments, the folder, and the sums over those. */
function normal(value: unknown, dir: string): unknown {
  const text = JSON.stringify(value)
    .replaceAll(dir, '<dir>')
    .replaceAll(/"(id|head|by|hash)":"[^"]*"/g, (whole, key: string) =>
      /"[0-9a-f]{64}"$/.test(whole) && key === 'id' ? whole : `"${key}":"<${key}>"`,
    )
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<instant>');
  return JSON.parse(text);
}

test(
  'in process, over HTTP and by command line the same calls give the same answers',
  { timeout: 300_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
    const home = process.env['HOLDFAST_HOME'];
    process.env['HOLDFAST_HOME'] = join(folder, 'home');
    onTestFinished(async () => {
      if (home === undefined) delete process.env['HOLDFAST_HOME'];
      else process.env['HOLDFAST_HOME'] = home;
      await rm(folder, { recursive: true, force: true });
    });
    await mkdir(join(folder, 'files'));
    await writeFile(
      join(folder, 'files', 'semicolons.csv'),
      'when;flag;big\n2026-01-02;true;9007199254740993\n2026-02-03;?;2\n2025-12-31;false;3\n',
    );
    const hosts: Readonly<Record<string, Call>> = {
      'in process': await inProcess(),
      'over HTTP': await overHttp(folder),
      'by command line': byCommandLine(join(folder, 'by command line')),
    };
    const told: Record<string, unknown[]> = {};
    for (const [name, call] of Object.entries(hosts)) {
      const dir = join(folder, name);
      const answers: unknown[] = [];
      for (const [method, input] of story(dir, join(folder, 'files'))) {
        answers.push({ method, input: normal(input, dir), answer: normal(await call(method, input), dir) });
      }
      told[name] = answers;
    }
    expect(told['over HTTP']).toEqual(told['in process']);
    expect(told['by command line']).toEqual(told['in process']);
    const text = JSON.stringify(told['in process']);
    expect([...text.matchAll(/"error":\{"code":"([^"]*)"/g)].map(([, code]) => code)).toEqual([
      'workspace-exists',
      'dataset-not-found',
      'input-invalid',
      'file-not-found',
      'input-invalid',
      'dataset-version-not-found',
      'input-invalid',
      'run-not-found',
      'model-not-found',
    ]);
  },
);
