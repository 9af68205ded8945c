import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { userPaths } from '../platform/paths.ts';

/** The program as users start it. */
export const launcher = join(import.meta.dirname, '..', 'hosts', 'cli', 'holdfast.cjs');

export interface Ran {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  /** Where commands are run. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly run: (...args: readonly string[]) => Promise<Ran>;
}

/** The real program in a folder and a home of its own, removed when the test ends. */
export async function createCommandLine(program = process.execPath): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = {
    ...process.env,
    HOLDFAST_CACHE: userPaths().cache,
    HOLDFAST_HOME: join(folder, 'home'),
    NO_COLOR: '1',
  };
  return {
    folder,
    env,
    run: (...args) =>
      new Promise((resolve) => {
        execFile(program, [launcher, ...args], { cwd: folder, env }, (error, out, err) =>
          resolve({ code: error?.code ?? error?.signal ?? 0, out, err }),
        );
      }),
  };
}
