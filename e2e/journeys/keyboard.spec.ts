import type { Page } from 'playwright/test';
import { expect, importSample, test, visit } from './holdfast.ts';

async function openPalette(app: Page): Promise<void> {
  await app.keyboard.press('Control+K');
  await expect(app.getByRole('dialog').getByLabel('Search or run a command')).toBeFocused();
}

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
  await app.keyboard.press('Alt+3');
  await expect(app).toHaveURL(/#\/runs$/);
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
