import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCommandLine } from '../../testing/command-line.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');

/** With `--json`, and the exit code checked. */
async function createJsonCommandLine() {
  const { folder, run } = await createCommandLine();
  const json = async (code: number, ...args: readonly string[]): Promise<unknown> => {
    const ran = await run(...args, '--json');
    expect(ran.code, `${args.join(' ')}: ${ran.out}${ran.err}`).toBe(code);
    return JSON.parse(ran.out);
  };
  return { folder, run, json };
}

/** The text at a path of keys, which must be there. */
function textAt(value: unknown, ...keys: readonly string[]): string {
  const found = keys.reduce<unknown>((inner, key) => Object(inner)[key], value);
  if (typeof found !== 'string') throw new Error(`no text at ${keys.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

test(
  'a regression from a CSV to a bundle that a colleague has made again',
  { timeout: 180_000 },
  async () => {
    const { folder, run, json } = await createJsonCommandLine();
    const here = ['--workspace', 'ws'];
    await json(0, 'workspaces', 'create', 'ws');
    expect(
      await json(0, 'datasets', 'import', join(samples, 'sacramento.csv'), '--name', 'houses', ...here),
    ).toMatchObject({
      dataset: 'houses',
      snapshot: { id: expect.stringMatching(/^[0-9a-f]{64}$/), rows: 932, columns: 9, rejected: 0 },
    });
    await writeFile(join(folder, 'recipe.yaml'), 'target: price\nfamily: linear\n');
    const trained = await json(
      0,
      'training',
      'run',
      'recipe.yaml',
      '--dataset',
      'houses@1',
      '--seed',
      '5',
      ...here,
    );
    const split = { r2: expect.any(Number), mean_absolute_error: expect.any(Number) };
    const shape = {
      run: {
        id: expect.any(String),
        status: 'done',
        metrics: { train: split, validation: split, test: split },
      },
    };
    expect(trained).toMatchObject(shape);
    const id = textAt(trained, 'run', 'id');
    expect(await json(0, 'training', 'show', id, ...here)).toMatchObject(shape);
    expect(await json(0, 'evaluation', 'show', id, ...here)).toMatchObject({
      metrics: { test: split },
      figures: expect.arrayContaining([expect.objectContaining({ id: 'residuals' })]),
    });
    expect(await json(0, 'lineage', 'show', id, ...here)).toMatchObject({
      focus: expect.stringContaining(id),
    });
    expect(await json(0, 'registry', 'add', id, '--name', 'prices', ...here)).toMatchObject({
      model: { name: 'prices', version: 1, stage: 'candidate' },
    });
    expect(await json(0, 'registry', 'stage', 'prices@1', 'live', ...here)).toMatchObject({
      model: { stage: 'live' },
    });
    expect(await json(0, 'bundles', 'export', 'prices', 'bundle', '--with-data', ...here)).toMatchObject({
      bundle: { digest: expect.any(String), files: expect.any(Array) },
    });
    expect(await json(0, 'bundles', 'verify', 'bundle')).toMatchObject({ verified: true, problems: [] });
    await json(0, 'remotes', 'push', 'prices@1', `file:${join(folder, 'stick')}`, '--with-data', ...here);

    const there = ['--workspace', 'colleague'];
    await json(0, 'workspaces', 'create', 'colleague');
    const pull = ['remotes', 'pull', `file:${join(folder, 'stick')}`, ...there];
    expect(await json(0, ...pull)).toMatchObject({ model: { name: 'prices' }, run: id, added: true });
    expect(await json(0, ...pull)).toMatchObject({ added: false });
    expect(await json(0, 'lineage', 'reproduce', id, ...there)).toMatchObject({
      verdict: 'identical',
      differences: [],
    });
    expect(await json(0, 'workspaces', 'verify', ...there)).toMatchObject({ verified: true, problems: [] });

    const toFile = await json(
      0,
      'predict',
      'prices',
      join(samples, 'sacramento.csv'),
      '--out',
      'out.csv',
      ...there,
    );
    expect(toFile).toMatchObject({ rows: 932, out: expect.stringMatching(/out\.csv$/) });
    const toScreen = await run('predict', 'prices', join(samples, 'sacramento.csv'), ...there);
    expect(toScreen.code).toBe(0);
    expect(toScreen.out).toBe(await readFile(join(folder, 'out.csv'), 'utf8'));
    const [head, ...rows] = toScreen.out.trimEnd().split(/\r?\n/);
    expect(head?.split(',')).toContain('prediction');
    expect(rows).toHaveLength(932);

    await appendFile(join(folder, 'bundle', 'MODEL_CARD.md'), 'x');
    expect(await json(1, 'bundles', 'verify', 'bundle')).toMatchObject({
      verified: false,
      problems: expect.arrayContaining([expect.objectContaining({ path: 'MODEL_CARD.md' })]),
    });
    expect((await run('bundles', 'verify', 'bundle')).out).toContain('NOT verified');
  },
);

test('a classification has probabilities, and refusals say what is wrong', { timeout: 120_000 }, async () => {
  const { folder, run, json } = await createJsonCommandLine();
  const here = ['--workspace', 'ws'];
  await json(0, 'workspaces', 'create', 'ws');
  const credit = join(samples, 'credit.csv');
  await json(0, 'datasets', 'import', credit, ...here);
  await writeFile(join(folder, 'recipe.yaml'), 'target: Status\nfamily: linear\n');
  const trained = await json(0, 'training', 'run', 'recipe.yaml', ...here);
  expect(trained).toMatchObject({ run: { metrics: { test: { roc_auc: expect.any(Number) } } } });
  await json(0, 'registry', 'add', textAt(trained, 'run', 'id'), '--name', 'loans', ...here);
  const predicted = await run('predict', 'loans', credit, ...here);
  expect(predicted.out.split(/\r?\n/, 1)[0]?.split(',')).toEqual(
    expect.arrayContaining(['prediction', 'probability_bad', 'probability_good']),
  );

  const refusals: readonly (readonly [readonly string[], string, RegExp])[] = [
    [['training', 'run', 'missing.yaml'], 'file-not-found', /^no file at "missing.yaml"; check the path$/],
    [
      ['training', 'run', 'recipe.yaml', '--dataset', 'other'],
      'dataset-not-found',
      /there is no dataset "other"/,
    ],
    [['training', 'show', 'run_none'], 'run-not-found', /there is no run "run_none"/],
    [['registry', 'show', 'nothing'], 'model-not-found', /there is no model "nothing"/],
    [['registry', 'stage', 'loans@7', 'live'], 'model-version-not-found', /no version 7/],
    [['remotes', 'pull', 'ftp://x'], 'remote-invalid', /"ftp:\/\/x" is not a remote/],
    [['predict', 'loans', 'missing.csv'], 'file-not-found', /missing\.csv/],
  ];
  for (const [args, code, words] of refusals) {
    expect(await json(1, ...args, ...here), args.join(' ')).toMatchObject({
      error: { code, message: expect.stringMatching(words), details: expect.any(Object) },
    });
  }
  expect(existsSync(join(folder, 'home', 'documents'))).toBe(false);
});

test('the tour does the whole job', { timeout: 120_000 }, async () => {
  const { run } = await createCommandLine();
  const { code, out, err } = await run('tour', 'there', '--json');
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ verdict: 'identical', run: expect.any(String) });
  expect(err).toContain('Reproduced: run ');
  expect(err.match(/^\d+\. /gm)?.length).toBe(11);
});
