import { spawn } from 'node:child_process';
import { systemCode } from '../../files/index.ts';

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end with its last 64 kB of output kept; undefined when there is no such program. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<Finished | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-65_536);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      if (systemCode(error) === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The last line that says something: what a tool's failure comes down to. */
export function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return (
    lines.findLast((line) => /error/i.test(line)) ?? lines.findLast((line) => line !== '') ?? 'no output'
  );
}
