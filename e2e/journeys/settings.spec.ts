import { join } from 'node:path';
import { expect, importSample, test, visit } from './holdfast.ts';

test('language, theme, rows and size of text are chosen, undone, and kept over a restart', async ({
  app,
  holdfast,
}) => {
  test.setTimeout(240_000);
  await importSample(app);
  await visit(app, '/settings');
  const row = app.getByRole('table', { name: 'How it looks' }).getByRole('row').nth(1);
  const height = async () => (await row.boundingBox())?.height ?? 0;
  const before = await height();

  await test.step('rows grow, and Ctrl Z takes that back', async () => {
    await app.getByText('comfortable', { exact: true }).click();
    await expect.poll(height).toBeGreaterThan(before + 4);
    await app.getByRole('heading', { name: 'Settings' }).click();
    await app.keyboard.press('Control+z');
    await expect.poll(height).toBe(before);
    await app.keyboard.press('Control+Shift+Z');
    await expect.poll(height).toBeGreaterThan(before + 4);
  });

  await test.step('text grows everywhere', async () => {
    const size = () => app.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    expect(await size()).toBe(13);
    await app.getByText('larger', { exact: true }).click();
    await expect.poll(size).toBeGreaterThan(16);
  });

  await test.step('German is spoken, also by numbers and the window', async () => {
    await app.getByRole('combobox', { name: 'Language' }).click();
    await app.getByRole('option', { name: 'Deutsch' }).click();
    await expect(app.getByRole('heading', { name: 'Einstellungen', level: 1 })).toBeVisible();
    await expect(app.locator('html')).toHaveAttribute('lang', 'de');
    await expect(app.getByText('keine Aufgabe läuft')).toBeVisible();
    await app.keyboard.press('Control+K');
    await app.keyboard.type('datensatz houses');
    await app.keyboard.press('Enter');
    await expect(app).toHaveURL(/#\/data\/houses$/);
  });

  await test.step('another start of Holdfast speaks and looks the same', async () => {
    await app.goto(await holdfast.restart('SIGTERM', ['--workspace', join(holdfast.folder, 'workspace')]));
    await expect(app.getByText('keine Aufgabe läuft')).toBeVisible();
    await expect(app.locator('html')).toHaveAttribute('data-density', 'comfortable');
    await expect(app.locator('html')).toHaveAttribute('data-text', 'larger');
  });
});
