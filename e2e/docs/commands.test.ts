import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../main/testing/build-app.ts';
import { userPaths } from '../../main/platform/paths.ts';

const root = resolve(import.meta.dirname, '../..');
const docs = join(root, 'resources', 'docs');
const documents = [
  'README.md',
  ...readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `resources/docs/${name}`),
];

const shellBlocks = (text: string): string[] =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

/** A folder where `npx holdfast` is this checkout's, `jq -r` is Node, and everything of the user lies below it. */
function makePlace(): { cwd: string; path: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'holdfast-docs-'));
  const bin = join(cwd, '.bin');
  mkdirSync(bin);
  symlinkSync(join(root, 'resources'), join(cwd, 'resources'));
  const cli = join(root, 'main', 'hosts', 'cli', 'holdfast.cjs');
  const script = (name: string, body: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  script(
    'npx',
    `[ "$1" = holdfast ] || { echo "npx $1 is not what the documents may ask for" >&2; exit 1; }\nshift\nexec "${process.execPath}" "${cli}" "$@"`,
  );
  script(
    'jq',
    `exec "${process.execPath}" -e 'let t="";process.stdin.on("data",c=>t+=c).on("end",()=>console.log(eval("JSON.parse(t)"+process.argv[2])))' _ "$2"`,
  );
  return { cwd, path: `${bin}:${process.env['PATH'] ?? ''}` };
}

const blocksOf = (document: string): string[] => shellBlocks(readFileSync(join(root, document), 'utf8'));

test('the README shows the whole job in commands', () => {
  expect(blocksOf('README.md').length).toBeGreaterThan(2);
});

test.each(documents.filter((document) => blocksOf(document).length > 0))(
  'the commands in %s work as written, one after the other',
  { timeout: 300_000 },
  (document) => {
    const { cwd, path } = makePlace();
    const { status, stdout, stderr } = spawnSync('sh', ['-eux', '-c', blocksOf(document).join('\n')], {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: path,
        HOLDFAST_HOME: join(cwd, 'home'),
        HOLDFAST_CACHE: userPaths().cache,
      },
    });
    rmSync(cwd, { recursive: true, force: true });
    expect(status, `${stdout}\n${stderr}`).toBe(0);
  },
);

test.each(documents)('the links in %s lead somewhere', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
});

test('recipes.md and families.md: every recipe resolves for the sample, and every parameter stands there with its default', async () => {
  const { client, folder } = await buildTestApp();
  const text = readFileSync(join(docs, 'recipes.md'), 'utf8');
  await client.datasets.import({
    path: join(root, 'resources/samples/sacramento.csv'),
    name: 'sacramento',
    options: {},
  });
  await client.datasets.import({
    path: join(root, 'resources/samples/chicago-ridership.csv'),
    name: 'ridership',
  });
  for (const [name, rows] of [
    ['zips', 'zip,income\nz95838,41\nz95823,44\n'],
    ['schools', 'postcode,grade\nz95838,2\nz95838,3\nz95823,4\n'],
  ] as const) {
    writeFileSync(join(folder, `${name}.csv`), rows);
    await client.datasets.import({ path: join(folder, `${name}.csv`), name });
  }
  const written = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  expect(written.length).toBe(7);
  for (const recipe of written) {
    const dataset = recipe.includes('ridership') ? 'ridership' : 'sacramento';
    const { problems } = await client.recipes.resolve({ recipe, dataset });
    expect(problems, recipe).toEqual([]);
  }
  const { steps } = await client.recipes.steps({});
  const { families } = await client.recipes.families({});
  const sections = readFileSync(join(docs, 'families.md'), 'utf8').split(/^## /m);
  const places = [
    ...steps.map(({ id, params }) => ({ id, params, lines: text.split('\n'), of: ` \`${id}\` |` })),
    ...families.map(({ id, title, params }) => {
      const lines = sections.find((section) => section.startsWith(`${title}\n`))?.split('\n') ?? [];
      return { id, params, lines, of: '' };
    }),
  ];
  const missing = places.flatMap(({ id, params, lines, of }) => {
    const properties = Object(params['properties']) as Record<string, { default?: unknown }>;
    const required = (params['required'] ?? []) as readonly string[];
    return Object.entries(properties).flatMap(([name, { default: fallback = null }]) => {
      const without = required.includes(name) ? 'must be given' : 'none';
      const last = fallback === null ? without : `\`${shown(fallback)}\``;
      const row = lines.find(
        (line) => line.startsWith(`| \`${name}\` |${of}`) && line.endsWith(`| ${last} |`),
      );
      return row === undefined ? [`${id}.${name}, default ${last}`] : [];
    });
  });
  expect(missing).toEqual([]);
});

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
