import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

/** Each layer may import only those before it (and itself). */
const layers = [
  'platform', 'math', 'jobs', 'workspaces', 'datasets', 'checks', 'recipes', 'models', 'evaluation', 'training', 'runs',
  'explanation', 'registry', 'serving', 'monitoring', 'bundles', 'remotes', 'lineage', 'lessons', 'help', 'app', 'hosts', 'packaging', 'testing',
]; // prettier-ignore

/** Packages that only one place may import. */
const doors: readonly { readonly package: RegExp; readonly within: string }[] = [
  { package: /^better-sqlite3$/, within: 'main/platform/database' },
  { package: /^@tensorflow\//, within: 'main/platform/tensors' },
  { package: /^koffi$/, within: 'main/platform/lightgbm' },
  { package: /^onnxruntime-web/, within: 'main/platform/onnx' },
  { package: /^@duckdb\//, within: 'main/datasets' },
  { package: /^electron$/, within: 'main/hosts/electron' },
  { package: /^plotly\.js/, within: 'renderer/ui/plot' },
];

const root = resolve(import.meta.dirname, '../..');

interface Import {
  readonly file: string;
  readonly target: string;
  /** Path from the root for our own files, else undefined. */
  readonly own: string | undefined;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name).split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const target = match[2] ?? match[3] ?? match[4] ?? '';
    const own = target.startsWith('.')
      ? relative(root, resolve(root, dirname(file), target))
          .split(sep)
          .join('/')
      : undefined;
    return { file, target, own, typeOnly: match[1] !== undefined };
  });
}

const isTest = (file: string): boolean =>
  /\.(test|bench)\.tsx?$/.test(file) || file.startsWith('main/testing/');
const main = sources('main').filter((file) => !isTest(file));
const all = [...main, ...sources('renderer'), ...sources('preload')].filter((file) => !isTest(file));

test('the table covers every folder of main, so that nothing escapes it', () => {
  expect(
    readdirSync(join(root, 'main'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => !layers.includes(name)),
  ).toEqual([]);
  expect(main.length).toBeGreaterThan(20);
});

test('each layer imports only earlier ones, through their door', () => {
  const wrong = main.flatMap(importsOf).flatMap(({ file, own, typeOnly }) => {
    if (!own?.startsWith('main/')) return [];
    const [, from = ''] = file.split('/');
    const [, to = '', ...inside] = own.split('/');
    if (from === to) return [];
    if (layers.indexOf(to) > layers.indexOf(from) && !(typeOnly && file === 'main/models/family.ts'))
      return [`${file} imports ${own}: ${to} comes after ${from}`];
    const door =
      to === 'platform'
        ? inside.length === 1 || inside[1] === 'index.ts'
        : inside.join('/') === 'index.ts' || to === 'math' || to === 'app';
    // A job process loads the tasks alone, without the domains they stand for.
    const isTask = file === 'main/app/tasks.ts' && /(^|-)tasks?\.ts$/.test(inside.at(-1) ?? '');
    return door || isTask ? [] : [`${file} imports ${own}: go through its index.ts`];
  });
  expect(wrong).toEqual([]);
});

test('main, preload and renderer meet only in the contract', () => {
  const wrong = all.flatMap(importsOf).flatMap(({ file, own }) => {
    if (own === undefined) return [];
    const [side = ''] = file.split('/');
    const [other = ''] = own.split('/');
    if (side === other || own === 'package.json' || side === 'resources' || other === 'resources') return [];
    return own.startsWith('preload/contract/') ||
      (file.startsWith('main/hosts/') && own === 'preload/index.ts')
      ? []
      : [`${file} imports ${own}`];
  });
  expect(wrong).toEqual([]);
});

test('each outside package with a door is imported there alone', () => {
  const wrong = all
    .flatMap(importsOf)
    .flatMap(({ file, target }) =>
      doors
        .filter((door) => door.package.test(target) && !file.startsWith(`${door.within}/`))
        .map((door) => `${file} imports ${target}, which belongs to ${door.within}`),
    );
  expect(wrong.filter((words) => !words.startsWith('preload/index.ts imports electron'))).toEqual([]);
});

test('plugins import neither siblings, nor services, nor the database', () => {
  const plural = [
    'families',
    'importers',
    'steps',
    'metrics',
    'explainers',
    'drifts',
    'kinds',
    'formats',
    'searches',
    'detectors',
  ];
  const wrong = main.flatMap(importsOf).flatMap(({ file, own }) => {
    const parts = file.split('/');
    const at = parts.findIndex((part) => plural.includes(part));
    if (at < 0 || parts.length <= at + 2 || own === undefined) return [];
    const folder = parts.slice(0, at + 1).join('/');
    const plugin = parts.slice(0, at + 2).join('/');
    const sibling = own.startsWith(`${folder}/`) && !own.startsWith(`${plugin}/`);
    return sibling || /\/(service|store)\.ts$/.test(own) || own.startsWith('main/platform/database')
      ? [`${file} imports ${own}`]
      : [];
  });
  expect(wrong).toEqual([]);
});

test('no file is past the wall of 800 lines', () => {
  const long = all
    .filter((file) => !file.endsWith('_pb.ts'))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 800);
  expect(long).toEqual([]);
});
