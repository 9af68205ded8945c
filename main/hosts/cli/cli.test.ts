import { execFile, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { createCommandLine, launcher, type Ran } from '../../testing/command-line.ts';

test('exit code 0 and words for people, 1 and why on standard error, 2 for a wrong spelling', async () => {
  const { folder, run } = await createCommandLine();
  const made = await run('workspaces', 'create', 'ws');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toBe(`Made the workspace ws in ${join(folder, 'ws')}\n`);

  const again = await run('workspaces', 'create', 'ws');
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toMatch(/^".*ws" is a workspace already; open it, or name another folder\n$/);

  const wrong = await run('workspaces', 'crate', 'ws');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.err).toContain("unknown command 'crate'");
});

test('--json gives one JSON value on standard output, for results, failures and wrong spellings', async () => {
  const { run } = await createCommandLine();
  const made = await run('--json', 'workspaces', 'create', 'ws', '--name', 'Ours');
  expect(made.code).toBe(0);
  expect(JSON.parse(made.out)).toMatchObject({ workspace: { name: 'Ours', writable: true } });

  const again = await run('workspaces', 'create', 'ws', '--json');
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toEqual({
    error: {
      code: 'workspace-exists',
      message: expect.stringContaining('is a workspace already'),
      details: { dir: expect.stringMatching(/ws$/) },
    },
  });

  const wrong = await run('workspaces', 'crate', '--json');
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'input-invalid' } });

  const misspelt = await run('--workspace', 'ws', 'training', 'run', '--sede', '3', '--json');
  expect(misspelt.code).toBe(2);
  expect(JSON.parse(misspelt.out)).toMatchObject({ error: { details: { method: 'training run' } } });

  const folderAsRecipe = await run('training', 'run', '.', '--workspace', 'ws', '--json');
  expect(folderAsRecipe.code).toBe(1);
  expect(JSON.parse(folderAsRecipe.out)).toMatchObject({
    error: { message: 'cannot read ".": it is a folder' },
  });

  const refused = await run('jobs', 'list', '--limit', '0', '--workspace', 'ws', '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({
    error: {
      code: 'input-invalid',
      details: { method: 'jobs.list', problems: [{ path: 'limit', message: 'expected at least 1, got 0' }] },
    },
  });

  const group = await run('--workspace', 'ws', 'jobs', '--json');
  expect(group.code).toBe(2);
  expect(JSON.parse(group.out)).toMatchObject({
    error: { message: 'jobs: which command? `holdfast jobs --help` lists them' },
  });
});

test('a missing value is left blank, an empty text stands in quotes, and moments keep their microseconds', async () => {
  const { folder, run } = await createCommandLine();
  writeFileSync(
    join(folder, 'two.csv'),
    'at,said\n2020-01-01 10:00:00.123456,\n2020-01-01 10:00:00.123457,""\n',
  );
  await run('workspaces', 'create', 'ws');
  await run('--workspace', 'ws', 'datasets', 'import', 'two.csv');
  const { out } = await run('--workspace', 'ws', 'datasets', 'preview', 'two');
  expect(out.split('\n').slice(1, 3)).toEqual([
    '2020-01-01T10:00:00.123456',
    '2020-01-01T10:00:00.123457  ""',
  ]);
});

test('the nearest workspace is used, and the own default one is made when there is none', async () => {
  const { folder, run } = await createCommandLine();
  const first = await run('workspaces', 'info', '--json');
  expect(JSON.parse(first.out)).toMatchObject({
    workspace: { dir: join(folder, 'home', 'documents', 'default') },
  });
  expect(first.err).toContain("Making this user's own workspace in ");
  expect((await run('workspaces', 'info')).err).toBe('');

  const missing = await run('workspaces', 'info', '--workspace', 'nowhere', '--json');
  expect(missing.code).toBe(1);
  expect(JSON.parse(missing.out)).toMatchObject({ error: { code: 'workspace-not-open' } });
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('a slow method is waited for, with progress on standard error', async () => {
  const { run } = await createCommandLine();
  await run('workspaces', 'create', 'ws');
  const verified = await run('workspaces', 'verify', '--workspace', 'ws', '--json');
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.out)).toMatchObject({ verified: true, problems: [] });
  const started = await run(
    'jobs',
    'start',
    '--method',
    'workspaces.verify',
    '--input',
    '{}',
    '--workspace',
    'ws',
    '--json',
  );
  expect(JSON.parse(started.out)).toMatchObject({ job: { method: 'workspaces.verify', status: 'done' } });
});

test('help needs no workspace and makes none', async () => {
  const { folder, run } = await createCommandLine();
  for (const args of [
    ['--help'],
    ['datasets', '--help'],
    ['help', 'training'],
    ['training', 'run', '--help'],
    ['--version'],
  ]) {
    expect(await run(...args), args.join(' ')).toMatchObject({ code: 0, err: '' });
  }
  expect(existsSync(join(folder, 'home', 'documents'))).toBe(false);
  expect(existsSync(join(folder, 'home', 'config'))).toBe(false);
});

test('a password that is not given is asked for, not assumed', async () => {
  const { folder, env } = await createCommandLine();
  const login = (input: string): Promise<Ran> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [launcher, 'remotes', 'login', 'registry.invalid', '--username', 'ann', '--json'],
        { cwd: folder, env },
        (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
      );
      child.stdin?.end(input);
    });
  const none = await login('');
  expect(none.code).toBe(2);
  expect(none.out).toContain('no answer to');
});

test('a reader that stops early ends the program quietly', async () => {
  const { folder, env } = await createCommandLine();
  const line = `"${process.execPath}" "${launcher}" --help | true; echo "\${PIPESTATUS[0]}"`;
  const { out, err } = await new Promise<Ran>((resolve) => {
    execFile('bash', ['-c', line], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, out: stdout, err: stderr }),
    );
  });
  expect(err).toBe('');
  expect(out).toBe('0\n');
});

const older = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find(existsSync);

test.skipIf(!older)(
  'the launcher works under whatever Node is there, and passes exit codes and signals on',
  async () => {
    const { env, folder, run } = await createCommandLine(older);
    expect(await run('--version')).toMatchObject({ code: 0 });
    expect(await run('nonsense')).toMatchObject({ code: 2 });
    const child = spawn(older ?? '', [launcher, 'start', '--no-open', '--no-build'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (/#token=/.test(text) && !text.includes('Closing')) child.kill('SIGINT');
    });
    expect(await ended).toBe(0);
    expect(text).toContain('Closing');
  },
);
