import { CommanderError, type Command } from 'commander';
import { fail, Failure, toFailure } from '../../../preload/contract/errors.ts';
import { plainText } from './text.ts';
import { createProgram, type Actions, type GlobalOptions } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command; sets the exit code: 0 done, 1 refused or failed, 2 not spelled right, 130 stopped by Ctrl+C. */
export async function main(args: readonly string[]): Promise<void> {
  leaveQuietlyWhenNobodyReads();
  // Should anything wait for what never comes, the process would end here, before the line that sets the code.
  process.once('beforeExit', () => process.exit(1));
  const json = args.includes('--json');
  const complaints: string[] = [];
  const program = createProgram(actions);
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap((group) => group.commands),
  ]) {
    command.exitOverride().configureOutput({ writeErr: (text) => complaints.push(text) });
  }
  let code = 0;
  try {
    await program.parseAsync(args.length ? [...args] : ['--help'], { from: 'user' });
    code = verdict;
  } catch (error) {
    code = tell(error, json, complaints, args);
  }
  await flushed(process.stdout);
  await flushed(process.stderr);
  process.exit(code);
}

/** A command that was carried out may still say no: `bundles verify` on an injured bundle. */
let verdict = 0;

const actions: Actions = {
  async call(method, input, globals) {
    const { run } = await import('./run.ts');
    verdict = await run(method, input, globals);
  },
  async tour(folder, globals) {
    const { tour } = await import('./tour.ts');
    verdict = await tour(folder, globals);
  },
  async start(options, globals) {
    const port = options.port === undefined ? undefined : Number(options.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
      throw new UsageError(`--port: expected a number from 0 to 65535, got "${options.port ?? ''}"`);
    }
    const { start } = await import('../start.ts');
    verdict = await start({ ...options, port, workspace: workspaceOf(globals) });
  },
};

function workspaceOf(globals: GlobalOptions): string | undefined {
  return globals.workspace;
}

/** Says what went wrong, once, where it belongs; returns the exit code. */
function tell(error: unknown, json: boolean, complaints: readonly string[], args: readonly string[]): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof CommanderError || error instanceof UsageError) {
    const asked = error instanceof CommanderError && error.code === 'commander.help';
    const group = commandOf(args).replace(/^holdfast$/, '');
    const message = asked
      ? `which command? \`${['holdfast', group, '--help'].filter(Boolean).join(' ')}\` lists them`
      : error.message.replace(/^error: /, '');
    if (json) {
      const problems = [{ path: '', message }];
      printFailure(fail('input-invalid', { method: commandOf(args), problems }));
    } else process.stderr.write(complaints.length ? complaints.join('') : `${message}\n`);
    return 2;
  }
  const failure = toFailure(error, 'the command');
  if (json) printFailure(failure);
  else {
    process.stderr.write(`${plainText(failure.message.slice(0, 2000))}\n`);
    const { stack } = failure.cause instanceof Error ? failure.cause : failure;
    if (failure.code === 'internal' && process.env['HOLDFAST_DEBUG'])
      process.stderr.write(`${stack ?? ''}\n`);
  }
  return failure.code === 'cancelled' ? 130 : 1;
}

/** The command that was meant, as far as it is one: `datasets import`. */
function commandOf(args: readonly string[]): string {
  let group: Command | undefined = createProgram(actions);
  const words: string[] = [];
  for (const arg of args) {
    const found: Command | undefined = group?.commands.find((command) => command.name() === arg);
    if (found) words.push(arg);
    group = found ?? group;
  }
  return words.join(' ') || 'holdfast';
}

function printFailure(failure: Failure): void {
  process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/** `holdfast ... | head`: the reader has what it wanted. */
function leaveQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

if (import.meta.main) await main(process.argv.slice(2));
