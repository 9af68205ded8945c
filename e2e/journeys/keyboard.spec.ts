import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { expect, importSample, test, visit } from './holdfast.ts';

async function openPalette(app: Page): Promise<void> {
  await app.keyboard.press('Control+K');
  await expect(app.getByRole('dialog').getByLabel('Search or run a command')).toBeFocused();
}

/** Presses Tab until the focus is where it should be. */
async function tabTo(app: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await expect(target).toBeEnabled();
  for (let i = 0; i < 150; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await app.keyboard.press('Tab');
  }
  throw new Error(`150 times Tab did not lead to ${String(target)}`);
}

async function command(app: Page, words: string): Promise<void> {
  await openPalette(app);
  await app.keyboard.type(words);
  await expect(app.getByRole('dialog').locator('[data-selected]')).toBeVisible();
  await app.keyboard.press('Enter');
}

test('the whole job without the mouse: import, train, evaluate, register, export, reproduce', async ({
  app,
  holdfast,
}) => {
  test.setTimeout(240_000);
  const bundle = join(holdfast.folder, 'bundle');
  await command(app, 'import a file');
  await tabTo(app, app.getByRole('textbox', { name: 'File' }));
  await app.keyboard.type(join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sacramento.csv'));
  await tabTo(app, app.getByRole('textbox', { name: 'Dataset name' }));
  await app.keyboard.type('homes');
  await tabTo(app, app.getByRole('button', { name: 'Import', exact: true }));
  await app.keyboard.press('Enter');
  await expect(app.getByRole('grid', { name: 'Rows of homes@1' })).toBeVisible();

  await app.keyboard.press('t');
  await tabTo(app, app.getByLabel('Recipe as YAML'));
  await app.keyboard.type('target: price\nfamily: linear\n');
  await tabTo(app, app.getByRole('button', { name: 'Train', exact: true }));
  await app.keyboard.press('Enter');
  await expect(app.getByRole('group', { name: 'Headline metrics on test rows' })).toBeVisible({
    timeout: 60_000,
  });
  const run = /run_\w+/.exec(app.url())?.[0] ?? '';
  await tabTo(app, app.getByRole('link', { name: 'Model', exact: true }));
  await app.keyboard.press('Enter');
  await expect(app.getByRole('table', { name: 'Coefficients' })).toBeVisible();

  await app.keyboard.press('a');
  await tabTo(app, app.getByRole('combobox', { name: 'Model name' }));
  await app.keyboard.press('ControlOrMeta+a');
  await app.keyboard.type('prices');
  await tabTo(app, app.getByRole('button', { name: 'Add prices version 1' }));
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { name: 'prices version 1' })).toBeVisible();

  await tabTo(app, app.getByRole('button', { name: 'Export or push' }));
  await app.keyboard.press('Enter');
  const exporting = app.getByRole('region', { name: 'Export' });
  await tabTo(app, exporting.getByLabel('Folder'));
  await app.keyboard.type(bundle);
  await tabTo(app, exporting.getByRole('button', { name: 'Export', exact: true }));
  await app.keyboard.press('Enter');
  await expect(exporting.getByText('signed', { exact: true })).toBeVisible({ timeout: 60_000 });
  expect(existsSync(join(bundle, 'model.sig'))).toBe(true);

  await command(app, run);
  await expect(app).toHaveURL(new RegExp(`/runs/${run}$`));
  await expect(app.getByRole('button', { name: 'Reproduce' })).toBeEnabled();
  await command(app, 'reproduce');
  await expect(app.getByText('the model is the same to the last byte')).toBeVisible({ timeout: 60_000 });
});

test('the sheet of shortcuts names those of the page and of the app', async ({ app }) => {
  await importSample(app);
  await app.keyboard.press('?');
  const sheet = app.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Train a model');
  await expect(sheet).toContainText('Ctrl Shift P');
  await app.keyboard.press('t');
  await expect(app).toHaveURL(/#\/data\/houses/);
  await app.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('the palette takes you anywhere without the mouse', async ({ app }) => {
  await importSample(app);
  await openPalette(app);
  await app.keyboard.type('journal of nothing');
  await expect(app.getByText('Nothing here is called that.')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await openPalette(app);
  await app.keyboard.type('dataset houses');
  await app.keyboard.press('Enter');
  await expect(app).toHaveURL(/#\/data\/houses/);
  await expect(app.getByRole('heading', { name: 'houses', level: 1 })).toBeVisible();
  await openPalette(app);
  await app.keyboard.type('train a model');
  await app.keyboard.press('Enter');
  await expect(app).toHaveURL(/#\/train/);
});

test('two letters or Alt and a digit go to a page, but not while writing', async ({ app }) => {
  for (const [keys, address] of [
    ['gr', /#\/runs$/],
    ['gm', /#\/models$/],
    ['gl', /#\/lineage$/],
    ['gd', /#\/data$/],
    ['gi', /#\/data\/import$/],
  ] as const) {
    await app.keyboard.type(keys);
    await expect(app).toHaveURL(address);
  }
  const third = await app
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link')
    .nth(2)
    .getAttribute('href');
  await app.keyboard.press('Alt+3');
  await expect(app).toHaveURL(new RegExp(`${third ?? ''}$`));
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).focus();
  await app.keyboard.type('gr');
  await expect(app).toHaveURL(/#\/data\/import$/);
  await expect(app.getByRole('textbox', { name: 'File' })).toHaveValue('gr');
});

test('focus is seen wherever Tab leads, and the first stop skips to the content', async ({ app }) => {
  await visit(app, '/data');
  await app.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await app.keyboard.press('Tab');
  await expect(app.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('main')).toBeFocused();
  for (let i = 0; i < 12; i++) {
    await app.keyboard.press('Tab');
    const outline = await app.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return 'none there';
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const { borderColor } = getComputedStyle(at);
      return outlineStyle !== 'none' && outlineWidth !== '0px'
        ? 'seen'
        : `${at.outerHTML.slice(0, 80)} ${borderColor}`;
    });
    expect(['seen', 'none there']).toContain(outline);
  }
});
