import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { userPaths } from '../../main/platform/paths.ts';

/** What one benchmark found; `run.ts` collects these into one table. */
export const Line = z.strictObject({
  what: z.string(),
  /** Medians, in seconds unless `unit` says otherwise; null where it could not be measured. */
  holdfast: z.number().nullable(),
  /** Who it is compared with, version included, or why there is nobody to compare with. */
  peer: z.string(),
  other: z.number().nullable(),
  /** Most that `holdfast / other` should be, or, with no peer, most seconds. */
  goal: z.number().nullable(),
  /** The machine's load average over one minute when this was measured. */
  load: z.number(),
  unit: z.enum(['s', 'MB']).default('s'),
});
export type Line = z.infer<typeof Line>;

/** Tells a line to whoever collects them (`HOLDFAST_BENCH_LINES` names the file). */
export function tell(line: Omit<z.input<typeof Line>, 'load'>): void {
  const file = process.env['HOLDFAST_BENCH_LINES'];
  if (file) appendFileSync(file, `${JSON.stringify({ ...line, load: loadavg()[0] ?? 0 })}\n`);
}

export const project = join(import.meta.dirname, '..', '..');
export const python = process.env['HOLDFAST_BENCH_PYTHON'] ?? 'python3';

/** Ends the benchmark, in words and with a line, when Python lacks what it is compared with. */
export function needPython(what: string, needed: readonly string[]): void {
  const missing = needed.filter((name) => {
    const program = `import importlib.util as u, sys; sys.exit(u.find_spec("${name}") is None)`;
    return spawnSync(python, ['-c', program]).status !== 0;
  });
  if (missing.length === 0) return;
  const peer = `not there: ${python} has no ${missing.join(', ')}`;
  console.log(
    `NOT MEASURED: ${what}; ${peer}. HOLDFAST_BENCH_PYTHON names a Python with ${needed.join(', ')}`,
  );
  tell({ what, holdfast: null, peer, other: null, goal: null });
  process.exit(0);
}

/** Runs a Python program of this folder and returns what it prints. */
export function runPython(args: readonly string[]): string {
  const done = spawnSync(python, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (done.status !== 0) throw new Error(`${python} ${args.join(' ')} failed:\n${done.stderr}`);
  return done.stdout;
}

/** Writes the table of houses of `houses.py` as CSV. */
export function writeHouses(path: string, rows: number, seed: number): void {
  const program =
    'import sys; from houses import houses; houses(int(sys.argv[1]), int(sys.argv[2])).to_csv(sys.argv[3], index=False)';
  runPython(['-c', program, String(rows), String(seed), path]);
}

export interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
  /** What it wrote to its standard output. */
  readonly output: string;
}

const Times = z.object({ seconds: z.number(), user: z.number(), system: z.number(), kilobytes: z.number() });

/** A temporary folder with everything of the user in it, and Holdfast run in it as whole processes. */
export interface Place {
  readonly folder: string;
  /**
   * Wall clock, processor seconds and peak memory (of the largest process) of a command and the children it waited for; a job
   * process that the command line ends as it leaves may not be among them.
   */
  measure(command: string, args: readonly string[]): Measured;
  /** The same for `holdfast ARGS`. */
  holdfast(...args: string[]): Measured;
  /** What `holdfast --json ARGS` answers. */
  ask(...args: string[]): unknown;
}

const cli = join(project, 'main', 'hosts', 'cli', 'holdfast.cjs');

/** Runs the work in a new place and removes it afterwards. */
export async function inPlace(work: (place: Place) => Promise<void> | void): Promise<void> {
  if (!existsSync('/usr/bin/time'))
    throw new Error('the benchmarks need GNU time (Debian: apt-get install time)');
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  // The engines stay where the user has them.
  process.env['HOLDFAST_CACHE'] ??= userPaths().cache;
  process.env['HOLDFAST_HOME'] = join(folder, 'home');
  const measure = (command: string, args: readonly string[]): Measured => {
    const facts = join(folder, 'time.json');
    const form = '{"seconds":%e,"user":%U,"system":%S,"kilobytes":%M}';
    const start = performance.now();
    const done = spawnSync('/usr/bin/time', ['-q', '-o', facts, '-f', form, command, ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const seconds = (performance.now() - start) / 1000;
    if (done.status !== 0)
      throw new Error(`${command} ${args.join(' ')} failed:\n${done.stdout.slice(-2000)}\n${done.stderr}`);
    const { user, system, kilobytes } = Times.parse(JSON.parse(readFileSync(facts, 'utf8')));
    return { seconds, cpu: user + system, megabytes: kilobytes / 1024, output: done.stdout };
  };
  try {
    await work({
      folder,
      measure,
      holdfast: (...args) => measure(process.execPath, [cli, ...args]),
      ask(...args) {
        const done = spawnSync(process.execPath, [cli, '--json', ...args], {
          encoding: 'utf8',
          maxBuffer: 2 ** 28,
        });
        if (done.status !== 0)
          throw new Error(`holdfast ${args.join(' ')} failed:\n${done.stdout}\n${done.stderr}`);
        return JSON.parse(done.stdout);
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes turns, so that a busy minute hits everybody: `rounds` results for each name. */
export async function inTurns<Result>(
  rounds: number,
  ways: Readonly<Record<string, () => Result | Promise<Result>>>,
): Promise<Readonly<Record<string, Result[]>>> {
  const results: Record<string, Result[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(ways)) (results[name] ??= []).push(await run());
  }
  return results;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** A row of a printed table for whole processes. */
export function processRow(
  name: string,
  runs: readonly Measured[],
  peer: number | null,
): Record<string, string> {
  const seconds = median(runs.map((run) => run.seconds));
  return {
    name,
    'seconds (median)': seconds.toFixed(2),
    best: Math.min(...runs.map((run) => run.seconds)).toFixed(2),
    'processor seconds': median(runs.map((run) => run.cpu)).toFixed(2),
    'peak MB': Math.max(...runs.map((run) => run.megabytes)).toFixed(0),
    'times the peer': peer === null ? '' : (seconds / peer).toFixed(2),
  };
}
