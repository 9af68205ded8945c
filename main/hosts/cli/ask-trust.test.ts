import { spawn, spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import { createCommandLine, launcher, type CommandLine } from '../../testing/command-line.ts';

const sample = join(import.meta.dirname, '../../../resources/samples/sacramento.csv');
const versions = spawnSync('script', ['--version'], { encoding: 'utf8' });
const terminal = versions.status === 0 && versions.stdout.includes('util-linux');
const asks = 'do not trust it): ';

interface Typed {
  readonly code: number | null;
  readonly shown: string;
}

/** Runs a command on a terminal, and types the answer once it is asked. */
function typed({ folder, env }: CommandLine, args: string, answer: string): Promise<Typed> {
  const command = `"${process.execPath}" "${launcher}" ${args}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, env });
  let shown = '';
  child.stdout.on('data', (data: Buffer) => {
    const before = shown;
    shown += data.toString();
    if (shown.includes(asks) && !before.includes(asks)) child.stdin.write(`${answer}\n`);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, shown }));
  });
}

test.skipIf(!terminal)(
  'on a terminal a signer who is not known is asked about before the pull',
  { timeout: 120_000 },
  async () => {
    const { client, folder } = await buildTestApp();
    const path = join(folder, 'sacramento.csv');
    await copyFile(sample, path);
    await client.datasets.import({ path });
    const { run } = await client.training.run({ recipe: { target: 'price', family: 'baseline' } });
    await client.registry.add({ run: run.id, name: 'house' });
    const remote = `file:${join(folder, 'stick')}`;
    await client.remotes.push({ model: 'house', remote });

    const colleague = await createCommandLine();
    await colleague.run('workspaces', 'create', 'ws');
    const pull = `--workspace ws remotes pull "${remote}"`;
    const refused = await typed(colleague, pull, '');
    expect(refused.code).toBe(1);
    expect(refused.shown).toContain('signed by a key that is not known here');

    const trusted = await typed(colleague, pull, 'Ann');
    expect(trusted.code).toBe(0);
    // Asked a second time: nobody had been trusted.
    expect(trusted.shown).toContain(asks);
    expect(trusted.shown).toContain('verified, signed by Ann');
  },
);
