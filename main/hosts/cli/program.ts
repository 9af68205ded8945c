import { Command, Option } from 'commander';
import { contract, methodSpec } from '../../../preload/contract/index.ts';
import type { MethodSpec } from '../../../preload/contract/method.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { parametersOf, secretOf, type Parameter } from './parameters.ts';
import { domainDocs, examples, readerOf, shortNames } from './spellings.ts';
import { UsageError } from './usage-error.ts';

export interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

/** What the commands lead to; `main.ts` gives the real ones, the help needs none of them. */
export interface Actions {
  call(method: string, input: Readonly<Record<string, unknown>>, globals: GlobalOptions): Promise<void>;
  tour(folder: string | undefined, globals: GlobalOptions): Promise<void>;
  start(
    options: {
      readonly port?: string;
      readonly open: boolean;
      readonly build: boolean;
      readonly desktop?: boolean;
    },
    globals: GlobalOptions,
  ): Promise<void>;
}

/** The command line, made from the contract: every method is `holdfast DOMAIN VERB`. */
export function createProgram(actions: Actions): Command {
  const program = new Command('holdfast')
    .description('The whole life of a model on one computer: no account, no server, no network.')
    .version(manifest.version)
    .option('--workspace <dir>', "workspace folder (default: the nearest, or else this user's own)")
    .option('--json', 'one JSON value on standard output, progress on standard error')
    .addHelpText('after', examples);
  for (const [domain, verbs] of Object.entries(contract)) {
    const group = program.command(domain).description(domainDocs[domain] ?? '');
    for (const [verb, spec] of Object.entries(verbs)) {
      addMethod(group, verb, `${domain}.${verb}`, spec, actions);
    }
  }
  for (const [name, method] of Object.entries(shortNames)) {
    const spec = methodSpec(method);
    if (spec) addMethod(program, name, method, spec, actions);
  }
  addCommandHelp(program);
  addTour(program, actions);
  addStart(program, actions);
  return program;
}

/** `help` is the manual; `holdfast help`, alone or with the words of a command, stays the help of the command line. */
function addCommandHelp(program: Command): void {
  const manual = program.commands.find((command) => command.name() === 'help');
  manual
    ?.helpCommand(false)
    .argument('[command...]', 'show how a command is used')
    .action((words: readonly string[]) => {
      let shown = program;
      for (const word of words) {
        const found = shown.commands.find((command) => command.name() === word);
        if (!found) {
          throw new UsageError(
            `there is no command "${words.join(' ')}"; \`holdfast help search ${word}\` looks in the manual`,
          );
        }
        shown = found;
      }
      shown.outputHelp();
    });
}

function addTour(program: Command, actions: Actions): void {
  program
    .command('tour')
    .description(
      'Does the whole main job on a sample in a new workspace and tells each step; under a minute.',
    )
    .argument('[folder]', 'where to do it (default: a temporary folder)')
    .action((folder: string | undefined, _options: unknown, command: Command) =>
      actions.tour(folder, command.optsWithGlobals()),
    );
}

function addStart(program: Command, actions: Actions): void {
  program
    .command('start')
    .description('Opens Holdfast in a browser window, served by this computer to itself alone.')
    .option('--port <number>', 'port on 127.0.0.1 (default: any free one)')
    .option('--no-build', 'show the page as it was built last, even if the sources have changed')
    .option('--no-open', 'print the one-time address instead of opening a window')
    .option('--desktop', 'use the Electron window where its runtime is installed or can be fetched')
    .action((options: { port?: string; open: boolean; build: boolean }, command: Command) =>
      actions.start(options, command.optsWithGlobals()),
    );
}

function addMethod(parent: Command, name: string, method: string, spec: MethodSpec, actions: Actions): void {
  const parameters = parametersOf(spec);
  const command = parent.command(name).description(spec.doc);
  for (const parameter of parameters) addParameter(command, parameter);
  const secret = secretOf(spec);
  if (secret)
    command.addHelpText(
      'after',
      secret.needed
        ? '\nThe password is asked for, or taken from HOLDFAST_REGISTRY_PASSWORD.'
        : '\nThe password of a database is taken from HOLDFAST_DATABASE_PASSWORD or the keychain; on a terminal it is asked for when those do not do.',
    );
  command.action(async (...given: unknown[]) => {
    const positions = parameters.filter(({ positional }) => positional);
    const typed: Record<string, unknown> = { ...command.opts<Record<string, unknown>>() };
    positions.forEach(({ key }, i) => (typed[key] = given[i]));
    const input: Record<string, unknown> = {};
    for (const parameter of parameters) {
      const value = await readValue(method, parameter, typed[parameter.key]);
      if (value !== undefined) input[parameter.key] = value;
    }
    await actions.call(method, input, command.optsWithGlobals());
  });
}

function addParameter(command: Command, parameter: Parameter): void {
  const { key, flag, kind, required, positional, choices } = parameter;
  const doc = describe(parameter);
  if (positional) {
    const name = kind === 'texts' ? `${key}...` : key;
    command.argument(required ? `<${name}>` : `[${name}]`, doc);
    return;
  }
  if (kind === 'boolean') {
    command.addOption(new Option(`--${flag}`, doc));
    if (parameter.fallback === undefined) command.addOption(new Option(`--no-${flag}`, ''));
    return;
  }
  const option = new Option(`--${flag} <${placeholder(parameter)}>`, doc);
  if (kind === 'texts') option.argParser((text, before: string[] | undefined) => [...(before ?? []), text]);
  if (choices.length) option.choices([...choices]);
  command.addOption(required ? option.makeOptionMandatory() : option);
}

function describe({ doc, kind, fallback, choices, positional }: Parameter): string {
  const parts = [doc || (kind === 'data' ? 'JSON, or a file of JSON or YAML' : '')].filter(Boolean);
  if (kind === 'texts' && !positional) parts.push('may be repeated');
  if (positional && choices.length) parts.push(choices.join(', '));
  const plain = ['string', 'number'].includes(typeof fallback) && fallback !== '';
  if (plain && !doc.includes('default')) parts.push(`default: ${String(fallback)}`);
  return parts.join('; ');
}

function placeholder({ kind, key }: Parameter): string {
  if (key === 'recipe') return 'file';
  return { number: 'n', data: 'file', texts: 'text', text: key, boolean: '' }[kind];
}

async function readValue(method: string, parameter: Parameter, typed: unknown): Promise<unknown> {
  if (typeof typed !== 'string') return typed;
  if (parameter.kind === 'number') {
    const value = Number(typed);
    if (!typed.trim() || Number.isNaN(value)) {
      throw new UsageError(`--${parameter.flag}: expected a number, got "${typed}"`);
    }
    return value;
  }
  return parameter.kind === 'data' ? readerOf(method, parameter.key)(typed) : typed;
}
