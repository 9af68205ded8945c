import type { Page } from 'playwright/test';
import { expect, importSample, test } from './holdfast.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const grid = (page: Page) => page.getByRole('grid', { name: /^Rows of / });
const head = (page: Page, name: string) =>
  grid(page).getByRole('columnheader', { name: new RegExp(`\\b${name}\\b`) });
const firstRow = (page: Page) => grid(page).locator('[aria-rowindex="2"]');

test('rows are sorted, filtered and searched in main; the address carries the view', async ({ app }) => {
  await importSample(app);
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '933');
  await head(app, 'price').getByRole('button', { name: 'price', exact: true }).click();
  await expect(head(app, 'price')).toHaveAttribute('aria-sort', 'ascending');
  await expect(firstRow(app)).toContainText('30,000');
  await head(app, 'price').getByRole('button', { name: 'price', exact: true }).click();
  await expect(head(app, 'price')).toHaveAttribute('aria-sort', 'descending');
  await expect(firstRow(app)).toContainText('884,790');
  expect(app.url()).toContain('sort=price%3Adesc');

  const condition = app.getByRole('textbox', { name: 'Condition' });
  await condition.fill('beds >= 5 and city = SACRAMENTO');
  await condition.press('Enter');
  await expect(app.getByText(/^\d+ of 932 rows, /)).toBeVisible();
  await expect(grid(app)).not.toHaveAttribute('aria-rowcount', '933');
  await app.getByRole('textbox', { name: 'Search in all columns' }).fill('z95823');
  await expect(app.getByText(/^\d of 932 rows, /)).toBeVisible();

  await condition.fill('beds > many');
  await condition.press('Enter');
  await expect(app.getByText(/expected a number \(column "beds"\), got "many"/)).toBeVisible();
  await app.getByRole('button', { name: 'remove the condition beds > many' }).click();
  await app.getByRole('button', { name: 'Show all rows' }).click();
  await expect(grid(app)).toHaveAttribute('aria-rowcount', '933');
  await app.goBack();
  await expect(app.getByText(/^\d of 932 rows, /)).toBeVisible();
});

test('a bar of the histogram in a head keeps its rows', async ({ app }) => {
  await importSample(app);
  await head(app, 'beds').locator('.mini-histogram__bar').nth(2).click();
  await expect(app.getByRole('button', { name: /^remove the condition beds = \d$/ })).toBeVisible();
  await expect(grid(app)).not.toHaveAttribute('aria-rowcount', '933');
});

test('the keyboard works as in a spreadsheet, and what is selected is copied', async ({ app }) => {
  await importSample(app);
  await expect(firstRow(app)).toContainText('SACRAMENTO');
  await grid(app).focus();
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('ArrowRight');
  await expect(grid(app).locator('[data-active]')).toHaveAttribute('aria-colindex', '2');
  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('Shift+ArrowRight');
  await app.keyboard.press('Shift+ArrowDown');
  await expect(app.getByText('2 × 2 cells selected')).toBeVisible();
  await app.keyboard.press('ControlOrMeta+c');
  await expect(app.getByText('2 × 2 cells copied')).toBeVisible();
  expect(await clipboard(app)).toBe('SACRAMENTO\tz95838\nSACRAMENTO\tz95823');
  await app.keyboard.press('ControlOrMeta+Shift+c');
  await expect.poll(() => clipboard(app)).toBe('city\tzip\nSACRAMENTO\tz95838\nSACRAMENTO\tz95823');

  await app.keyboard.press('ControlOrMeta+End');
  await expect(grid(app).locator('[data-row="931"] [data-active]')).toHaveAttribute('aria-colindex', '9');
  await app.keyboard.press('ControlOrMeta+a');
  await expect(app.getByText('932 × 9 cells selected')).toBeVisible();

  await app.keyboard.press('ControlOrMeta+Home');
  await app.keyboard.press('ArrowUp');
  await app.keyboard.press('Enter');
  await expect(head(app, 'city')).toHaveAttribute('aria-sort', 'ascending');
});

test('columns are pinned, hidden, brought back and resized', async ({ app }) => {
  await importSample(app);
  await head(app, 'price').hover();
  await head(app, 'price').getByRole('button', { name: 'menu of column price' }).click();
  await app.getByRole('button', { name: 'Pin to the left' }).click();
  await expect(head(app, 'price')).toHaveAttribute('aria-colindex', '1');
  await head(app, 'city').hover();
  await head(app, 'city').getByRole('button', { name: 'menu of column city' }).click();
  await app.getByRole('button', { name: 'Hide' }).click();
  await expect(head(app, 'city')).toHaveCount(0);
  await expect(grid(app)).toHaveAttribute('aria-colcount', '8');
  await app.getByRole('button', { name: /^Columns/ }).click();
  await app.getByRole('checkbox', { name: 'city' }).check();
  await app.keyboard.press('Escape');
  await expect(head(app, 'city')).toHaveAttribute('aria-colindex', '2');

  const before = await head(app, 'zip').boundingBox();
  const edge = await head(app, 'zip').locator('.data-grid__resize').boundingBox();
  if (!before || !edge) throw new Error('the head is not drawn');
  await app.mouse.move(edge.x + 3, edge.y + 10);
  await app.mouse.down();
  await app.mouse.move(edge.x + 63, edge.y + 10);
  await app.mouse.up();
  await expect
    .poll(async () => Math.round((await head(app, 'zip').boundingBox())?.width ?? 0))
    .toBe(Math.round(before.width) + 60);
});

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
