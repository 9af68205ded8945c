import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, importSample, startSweep, train, visit } from './holdfast.ts';

const root = join(import.meta.dirname, '..', '..');
const features = join(root, 'renderer', 'features');

/** The patterns of all routes, as their own files have them: a new page is among them without anybody saying so. */
function patterns(): readonly string[] {
  return readdirSync(features, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(features, name)).map((file) => join(features, name, file)))
    .filter((path) => path.endsWith('page.ts'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bpattern: '([^']+)'/g)])
    .map(([, pattern = '']) => pattern);
}

/** One of everything a page can be of, by the name of its parameter. */
type Examples = Readonly<Record<string, string>>;

/** Fills a workspace so that every page has something to show. */
export async function makeExamples(app: Page): Promise<Examples> {
  await importSample(app);
  await train(app, 'target: price\nfamily: linear\n');
  const run = runOf(app);
  await app.getByRole('button', { name: 'Add to registry' }).click();
  await app.getByRole('button', { name: 'Add houses version 1' }).click();
  await expect(app.getByRole('heading', { name: 'houses version 1' })).toBeVisible();
  await train(app, 'target: type\nfamily: linear\nexclude: [zip]\n');
  const classes = runOf(app);
  await startSweep(app, 'Decision tree', 4);
  const imported = await readMlflow(app);
  await visit(app, '/activity');
  const link = await app.locator('a[href^="#/activity/"]').first().getAttribute('href');
  const job = link?.split('/').at(-1) ?? '';
  return {
    dataset: 'houses',
    run,
    a: run,
    b: classes,
    model: 'houses@1',
    id: run,
    job,
    page: 'recipes',
    tab: 'bias',
    sweep: 'houses',
    imported,
  };
}

/** Reads a folder that MLflow wrote; gives the id of one of its runs. */
async function readMlflow(app: Page): Promise<string> {
  const fixture = JSON.parse(
    readFileSync(join(root, 'main', 'runs', 'importing', 'mlflow.fixture.json'), 'utf8'),
  ) as { folder: Record<string, string>; expected: { folder: readonly { id: string }[] } };
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mlruns-'));
  for (const [name, text] of Object.entries(fixture.folder)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await visit(app, '/runs');
  await app.getByRole('button', { name: 'Read runs of MLflow' }).click();
  await app.getByLabel('mlflow.db or mlruns folder').fill(folder);
  await app.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(app.getByText('4 added, 0 changed since')).toBeVisible();
  rmSync(folder, { recursive: true });
  await app.keyboard.press('Escape');
  return fixture.expected.folder[0]?.id ?? '';
}

function runOf(app: Page): string {
  return /run_\w+/.exec(app.url())?.[0] ?? '';
}

/** Where each route leads with these examples, without the parts of an object: those are linked on its page. */
export function placesOf(examples: Examples): readonly string[] {
  return patterns().map((pattern) => {
    const parts = pattern.split('/').filter((part) => part && !part.endsWith('?'));
    const path = parts.map((part) => {
      if (!part.startsWith(':')) return part;
      const example = examples[part.slice(1)];
      if (example === undefined)
        throw new Error(`${pattern}: makeExamples has none of "${part}"; give it one`);
      return encodeURIComponent(example).replaceAll('%40', '@');
    });
    return `/${path.join('/')}`;
  });
}

/** Goes to every page, and to every tab within a page, and does something there. */
export async function onEveryPage(
  app: Page,
  places: readonly string[],
  look: (place: string) => Promise<void>,
): Promise<void> {
  const seen = new Set<string>();
  const next = [...places];
  for (let place = next.shift(); place !== undefined; place = next.shift()) {
    if (seen.has(place)) continue;
    seen.add(place);
    await visit(app, place);
    await settle(app);
    await look(place);
    const tabs = await app
      .locator('nav.link-tabs a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(1) ?? ''));
    next.push(...tabs.filter((tab) => tab.startsWith('/')));
  }
  expect(seen.size).toBeGreaterThan(20);
}

/** Until what the page waits for is there. */
export async function settle(app: Page): Promise<void> {
  await expect(app.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(app.locator('[aria-busy=true]')).toHaveCount(0);
}
