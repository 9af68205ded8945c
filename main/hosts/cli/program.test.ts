import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { methodNames, methodSpec } from '../../../preload/contract/index.ts';
import { parametersOf } from './parameters.ts';
import { createProgram } from './program.ts';

interface Called {
  readonly method: string;
  readonly input: unknown;
  readonly globals: unknown;
}

/** Runs a command line up to the point where it would be carried out. */
async function parse(line: readonly string[]): Promise<Called> {
  const called: Called[] = [];
  const program = createProgram({
    call: async (method, input, globals) => void called.push({ method, input, globals }),
    tour: async (folder, globals) => void called.push({ method: 'tour', input: folder, globals }),
    start: async (options, globals) => void called.push({ method: 'start', input: options, globals }),
  });
  for (const command of everyCommand(program))
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync([...line], { from: 'user' });
  const [first] = called;
  if (!first) throw new Error(`nothing was called by: ${line.join(' ')}`);
  return first;
}

function everyCommand(program: Command): Command[] {
  return [program, ...program.commands.flatMap(everyCommand)];
}

async function nothing(): Promise<void> {}

function inert(): Command {
  return createProgram({ call: nothing, tour: nothing, start: nothing });
}

test('every method of the contract is DOMAIN VERB, with its doc and each of its inputs in the help', () => {
  const program = inert();
  for (const method of methodNames) {
    const [domain, verb] = method.split('.');
    const group = program.commands.find((command) => command.name() === domain);
    const command = group?.commands.find((one) => one.name() === verb);
    const spec = methodSpec(method);
    if (!command || !spec) throw new Error(`${method} has no command`);
    expect(group?.description(), domain).not.toBe('');
    expect(command.description(), method).toBe(spec.doc);
    const help = command.helpInformation();
    for (const { key, flag, positional } of parametersOf(spec)) {
      expect(help, `${method} ${key}`).toContain(positional ? key : `--${flag}`);
    }
  }
});

test('no secret can be given as an argument', () => {
  for (const command of everyCommand(inert())) expect(command.helpInformation()).not.toContain('--password');
});

test('the spellings the documentation promises', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const recipe = join(folder, 'recipe.yaml');
  await writeFile(recipe, 'target: price\nfamily: linear\n');
  const options = join(folder, 'options.yaml');
  await writeFile(options, 'delimiter: ";"\nnullTokens: [NA, "?"]\n');
  const spelled: readonly (readonly [string, string, unknown])[] = [
    ['workspaces create ws', 'workspaces.create', { dir: 'ws' }],
    ['workspaces verify', 'workspaces.verify', {}],
    ['datasets import a.csv --name houses', 'datasets.import', { path: 'a.csv', name: 'houses' }],
    [
      `datasets import a.csv --options ${options}`,
      'datasets.import',
      { path: 'a.csv', options: { delimiter: ';', nullTokens: ['NA', '?'] } },
    ],
    [
      'datasets import a.csv --options {"header":false}',
      'datasets.import',
      { path: 'a.csv', options: { header: false } },
    ],
    ['datasets show houses@2', 'datasets.show', { dataset: 'houses@2' }],
    [
      'datasets preview houses --offset 40 --limit 5 --columns a --columns b',
      'datasets.preview',
      { dataset: 'houses', offset: 40, limit: 5, columns: ['a', 'b'] },
    ],
    [
      'datasets preview houses --sort price:desc --sort city --where beds>=3 --where a<2 --search sac',
      'datasets.preview',
      { dataset: 'houses', sort: ['price:desc', 'city'], where: ['beds>=3', 'a<2'], search: 'sac' },
    ],
    [
      `training run ${recipe} --dataset houses@1 --seed 7`,
      'training.run',
      { recipe: 'target: price\nfamily: linear\n', dataset: 'houses@1', seed: 7 },
    ],
    ['lineage show', 'lineage.show', {}],
    ['lineage reproduce run_1', 'lineage.reproduce', { run: 'run_1' }],
    ['registry add run_1 --name prices', 'registry.add', { run: 'run_1', name: 'prices' }],
    ['registry stage prices@2 live', 'registry.stage', { model: 'prices@2', stage: 'live' }],
    [
      'bundles export prices out --with-data',
      'bundles.export',
      { model: 'prices', dir: 'out', withData: true },
    ],
    ['bundles verify out', 'bundles.verify', { dir: 'out' }],
    ['remotes push prices@1 file:/x', 'remotes.push', { model: 'prices@1', remote: 'file:/x' }],
    [
      'remotes pull oci://h:5000/r:t --trust ann',
      'remotes.pull',
      { remote: 'oci://h:5000/r:t', trust: 'ann' },
    ],
    ['remotes login host --username me', 'remotes.login', { host: 'host', username: 'me' }],
    [
      'predict prices in.csv --out o.csv',
      'registry.predict',
      { model: 'prices', path: 'in.csv', out: 'o.csv' },
    ],
    ['workspaces pin ws --pinned', 'workspaces.pin', { dir: 'ws', pinned: true }],
    ['workspaces pin ws --no-pinned', 'workspaces.pin', { dir: 'ws', pinned: false }],
    ['doctor', 'system.doctor', {}],
    ['tour there', 'tour', 'there'],
  ];
  for (const [line, method, input] of spelled) {
    expect(await parse(line.split(' ')), line).toMatchObject({ method, input });
  }
});

test('--workspace and --json may stand anywhere', async () => {
  const globals = { workspace: 'ws', json: true };
  for (const line of [
    '--workspace ws --json datasets show houses',
    'datasets --workspace ws show --json houses',
    'datasets show houses --json --workspace ws',
  ]) {
    expect(await parse(line.split(' ')), line).toMatchObject({ method: 'datasets.show', globals });
  }
});

test('what is not spelled right is refused in words', async () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['datasets', /./],
    ['datasets shwo houses', /unknown command 'shwo'/],
    ['datasets show', /missing required argument 'dataset'/],
    ['datasets show a b', /too many arguments/],
    ['datasets preview houses --limit many', /--limit: expected a number, got "many"/],
    ['datasets preview houses --limit', /argument missing/],
    ['datasets list --nonsense', /unknown option '--nonsense'/],
    ['registry add run_1', /required option '--name <name>' not specified/],
    ['jobs start --method datasets.import --input {"a"', /--?input|not JSON/],
  ];
  for (const [line, words] of wrong) await expect(parse(line.split(' ')), line).rejects.toThrow(words);
});

test('a recipe that is not there is named', async () => {
  await expect(parse(['training', 'run', 'nowhere.yaml'])).rejects.toMatchObject({
    code: 'file-not-found',
    message: 'no file at "nowhere.yaml"; check the path',
  });
});

test('a number that may be none is a number on the command line', () => {
  const spec = { doc: '', input: z.object({ keep: z.int().nullable().default(null) }), output: z.object({}) };
  expect(parametersOf(spec).map(({ key, kind }) => [key, kind])).toEqual([['keep', 'number']]);
});
