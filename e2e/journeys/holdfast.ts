import { join } from 'node:path';
import { expect, test as base, type Page } from 'playwright/test';
import { startHoldfast, type Holdfast } from './start-holdfast.ts';

interface Fixtures {
  readonly holdfast: Holdfast;
  /** A page of the app with a new workspace open, on Data. */
  readonly app: Page;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- playwright reads what a fixture needs from this pattern
  holdfast: async ({}, use) => {
    const holdfast = await startHoldfast();
    await use(holdfast);
    await holdfast.stop();
  },
  app: async ({ holdfast, page }, use) => {
    await page.goto(holdfast.address);
    await makeWorkspace(page, join(holdfast.folder, 'workspace'));
    await use(page);
  },
});

export { expect } from 'playwright/test';
export { startHoldfast } from './start-holdfast.ts';

export async function makeWorkspace(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'New workspace' }).click();
  await page.getByLabel('Folder').fill(folder);
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { name: 'Data', level: 1 }).waitFor();
}

/** Goes to a page of the app by its address, as a typed address or a link would. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, path);
}

export async function importSample(page: Page): Promise<void> {
  await visit(page, '/data');
  await page.getByRole('button', { name: /import the sample/ }).click();
  await page.getByRole('grid', { name: /^Rows of / }).waitFor();
}

/** Writes into the editor of recipes once it is there: until then a plain field stands in its place. */
export async function writeRecipe(page: Page, recipe: string): Promise<void> {
  const editor = page.locator('.yaml-editor').getByLabel('Recipe as YAML');
  await expect(async () => {
    await editor.fill(recipe);
    await expect(editor).toContainText(recipe.split('\n', 1)[0] ?? '', { timeout: 2000 });
  }).toPass();
}

/** Trains by a recipe written as text and waits for the run's page. */
export async function train(page: Page, recipe: string): Promise<void> {
  await visit(page, '/train');
  await writeRecipe(page, recipe);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('group', { name: 'Headline metrics on test rows' }).waitFor({ timeout: 60_000 });
}

/** Starts a sweep over one kind of model by the form and waits until its best run can be opened. */
export async function startSweep(page: Page, kind: string, runs: number): Promise<void> {
  await visit(page, '/sweeps');
  await page.getByRole('combobox', { name: 'Predict' }).click();
  await page.getByRole('option', { name: 'price', exact: true }).click();
  await page.getByRole('combobox', { name: 'Kinds of model' }).fill(kind);
  await page.getByRole('option', { name: kind, exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Trials at most').fill(String(runs));
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Open the best run' }).waitFor({ timeout: 120_000 });
}
