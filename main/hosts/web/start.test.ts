import { spawn } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { createCommandLine, launcher, type CommandLine } from '../../testing/command-line.ts';

/** The real `holdfast start`, with what it says on its terminal. */
async function start({ folder, env }: CommandLine, ...more: readonly string[]) {
  const args = [launcher, 'start', '--no-build', ...more];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'pipe' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const addresses = (): string[] => [...text.matchAll(/http:\S+#token=\S+/g)].map(([address]) => address);
  await expect.poll(() => addresses().length, { timeout: 20_000 }).toBe(1);
  return { child, ended, addresses, said: () => text };
}

const Session = z.object({ session: z.string() });

async function signIn(address: string): Promise<{ origin: string; headers: Record<string, string> }> {
  const { origin, hash } = new URL(address);
  const json = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token: hash.slice('#token='.length) }),
  });
  const { session } = Session.parse(await response.json());
  return { origin, headers: { ...json, authorization: `Bearer ${session}` } };
}

test(
  'Enter gives a new one-time address, Ctrl+C warns while work runs and leaves at the second press',
  { timeout: 90_000 },
  async () => {
    const line = await createCommandLine();
    const { folder, run } = line;
    const path = join(folder, 'large.csv');
    const rows = Array.from({ length: 400_000 }, (_, i) => `${i},${i / 7},x${i % 97},${i % 2 === 0}`);
    await writeFile(path, `a,b,c,d\n${`${rows.join('\n')}\n`.repeat(20)}`);
    const { child, ended, addresses, said } = await start(line, '--no-open');
    child.stdin.write('\n');
    await expect.poll(() => addresses().length).toBe(2);
    const [first = '', second = ''] = addresses();
    expect(first).not.toBe(second);
    await signIn(first);
    const { origin, headers } = await signIn(second);
    const call = (method: string, input: object): Promise<Response> =>
      fetch(`${origin}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(input) });
    expect((await call('workspaces.create', { dir: join(folder, 'ws') })).status).toBe(200);
    const started = await call('jobs.start', { method: 'datasets.import', input: { path, name: 'large' } });
    expect(started.status).toBe(200);
    child.kill('SIGINT');
    await expect.poll(said).toContain('Still running: import large.csv as large. Press Ctrl+C again');
    expect((await fetch(`${origin}/health`, { headers })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 400));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    const { out } = await run('jobs', 'list', '--workspace', 'ws', '--json');
    expect(JSON.parse(out)).toMatchObject({ jobs: [{ method: 'datasets.import', status: 'cancelled' }] });
  },
);

test.skipIf(process.platform !== 'linux')(
  'the browser is given a private file; the token stands on no command line',
  async () => {
    const line = await createCommandLine();
    const programs = join(line.folder, 'programs');
    const given = join(line.folder, 'given.txt');
    await mkdir(programs);
    for (const name of [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'xdg-open',
    ]) {
      const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${given}.new'\nmv '${given}.new' '${given}'\n`;
      await writeFile(join(programs, name), script, { mode: 0o755 });
    }
    const env = { ...line.env, PATH: [programs, process.env['PATH']].join(delimiter), DISPLAY: ':0' };
    const { child, ended, addresses } = await start({ ...line, env });
    await expect.poll(() => readFile(given, 'utf8').catch(() => '')).not.toBe('');
    const args = (await readFile(given, 'utf8')).trim();
    expect(args).toMatch(/^(--app=)?file:\/\/\/\S+\/holdfast\.html$/);
    const file = fileURLToPath(args.replace('--app=', ''));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [address = ''] =
      /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/.exec(await readFile(file, 'utf8')) ?? [];
    expect(addresses()).not.toContain(address);
    await signIn(address);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  },
);

test(
  'while the page has a workspace the command line can look and is told who holds it',
  { timeout: 60_000 },
  async () => {
    const line = await createCommandLine();
    const { folder, run } = line;
    await run('workspaces', 'create', 'ws');
    const { child, ended } = await start(line, '--no-open', '--workspace', 'ws');
    const looked = await run('workspaces', 'info', '--workspace', 'ws', '--json');
    expect(JSON.parse(looked.out)).toMatchObject({ workspace: { writable: false } });
    await writeFile(join(folder, 'a.csv'), 'a,b\n1,2\n');
    const refused = await run('datasets', 'import', 'a.csv', '--workspace', 'ws', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'workspace-locked' } });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect((await run('datasets', 'import', 'a.csv', '--workspace', 'ws')).code).toBe(0);
  },
);

test('a port that is taken is named', async () => {
  const { run } = await createCommandLine();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const { code, err } = await run('start', '--no-open', '--no-build', '--port', port);
  expect(code).toBe(1);
  expect(err).toBe(`port ${port} is used by another program; leave out --port, or name a free one\n`);
});
