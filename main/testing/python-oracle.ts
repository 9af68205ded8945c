import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Real third-party tools to compare with, in a Python virtual environment that `HOLDFAST_ORACLES` names.
 * Undefined where there is none; tests that need it then say so and are skipped.
 */
export const oracles: string | undefined = findOracles();

function findOracles(): string | undefined {
  const folder = process.env['HOLDFAST_ORACLES'];
  if (folder && existsSync(oraclePython(folder))) return folder;
  console.warn(
    folder
      ? `SKIPPED: HOLDFAST_ORACLES names "${folder}", which holds no Python; nothing is compared with real third-party tools`
      : 'SKIPPED: HOLDFAST_ORACLES is not set; nothing is compared with real third-party tools',
  );
  return undefined;
}

function oraclePython(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

const execute = promisify(execFile);

/** Runs a Python program in the oracle environment and returns what it prints. Throws with its stderr when it fails. */
export async function runOracle(
  args: readonly string[],
  options: { readonly cwd?: string; readonly timeout?: number } = {},
): Promise<string> {
  if (oracles === undefined) throw new Error('there is no oracle environment; guard the test with `oracles`');
  const { stdout } = await execute(oraclePython(oracles), [...args], {
    timeout: options.timeout ?? 120_000,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      MLFLOW_ENABLE_ASYNC_LOGGING: 'false',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: 'true',
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return stdout;
}
