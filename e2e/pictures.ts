import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { buildWhenStale } from '../main/hosts/page-build.ts';
import { chromium as system } from './journeys/chromium.ts';
import { startHoldfast } from './journeys/start-holdfast.ts';

/** `node e2e/pictures.ts`: takes the pictures of the README and the documentation from the running app. */
const folder = join(import.meta.dirname, '..', 'resources', 'docs', 'pictures');

await mkdir(folder, { recursive: true });
if (!(await buildWhenStale(console.log))) throw new Error('the page could not be built');
const holdfast = await startHoldfast();
const browser = await chromium.launch(system());
try {
  const page = await browser.newPage({
    viewport: { width: 1200, height: 750 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  await page.goto(holdfast.address);
  await page.getByRole('button', { name: 'Open House prices in Sacramento' }).click();
  await page.getByRole('grid', { name: /^Rows of / }).waitFor();
  await page.mouse.move(600, 5);
  await page.locator('.mini-histogram').first().waitFor();
  await take(page, 'data');
  await train(page, 'target: price\nfamily: baseline\n');
  await train(page, 'target: price\nfamily: network\n');
  const recipe = 'target: price\nfamily: linear\nexclude: [latitude, longitude]\n';
  await write(page, recipe);
  await take(page, 'train');
  await train(page, recipe);
  await page.locator('.scatterlayer .point').first().waitFor();
  await take(page, 'run');
  await page.getByRole('button', { name: 'Reproduce' }).click();
  await page.getByText('The verdict is recorded.').waitFor();
  await page.getByRole('button', { name: 'Add to registry' }).click();
  await page.getByRole('button', { name: 'Add houses version 1' }).click();
  await page.getByRole('heading', { name: 'houses version 1' }).waitFor();
  await page.getByRole('button', { name: 'Predict price' }).click();
  await page.locator('.predict__value').waitFor();
  await take(page, 'model');
  await visit(page, '/runs');
  await page.getByRole('table', { name: 'Runs' }).waitFor();
  await take(page, 'runs');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await visit(page, '/lineage');
  await page.locator('.lineage-card').first().waitFor();
  await take(page, 'lineage-dark');
} finally {
  await browser.close();
  await holdfast.stop();
}

async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, path);
}

async function write(page: Page, recipe: string): Promise<void> {
  await visit(page, '/train');
  await page.getByLabel('Recipe as YAML').fill(recipe);
  await page.getByRole('button', { name: 'copy recipe hash' }).waitFor();
}

async function train(page: Page, recipe: string): Promise<void> {
  await write(page, recipe);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('group', { name: 'Headline metrics on test rows' }).waitFor({ timeout: 60_000 });
}

async function take(page: Page, name: string): Promise<void> {
  // What is drawn after the data came: fonts, charts, the last layout.
  await page.waitForTimeout(700);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(`${name}.png, ${Math.round((await stat(path)).size / 1000)} kB`);
}
