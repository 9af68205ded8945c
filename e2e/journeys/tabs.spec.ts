import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, importSample, test, train, visit } from './holdfast.ts';
import type { Holdfast } from './start-holdfast.ts';

/** The titles of the tabs that the host has kept. */
async function openOnDisk({ folder }: Holdfast): Promise<readonly string[]> {
  const page = join(folder, 'home', 'config', 'page');
  const file = (await readdir(page)).find((name) => name.startsWith('tabs.')) ?? '';
  const { value } = JSON.parse(await readFile(join(page, file), 'utf8')) as {
    value: { open: { title: string }[] };
  };
  return value.open.map(({ title }) => title);
}

const names = (app: Page) => app.getByRole('tab').allInnerTexts();

test('objects stay open as tabs: shown, closed, reopened, moved, and there after a restart', async ({
  app,
  holdfast,
}) => {
  test.setTimeout(240_000);
  await importSample(app);
  await train(app, 'target: price\nfamily: linear\n');
  await expect.poll(() => names(app)).toEqual(['houses', 'price by linear']);
  await expect(app.getByRole('tab', { name: 'price by linear' })).toHaveAttribute('aria-selected', 'true');

  await test.step('a tab is left and found again as it was', async () => {
    await app.getByRole('link', { name: 'Recipe', exact: true }).click();
    await app.getByRole('tab', { name: 'houses' }).click();
    await expect(app).toHaveURL(/#\/data\/houses$/);
    await app.getByRole('tab', { name: 'price by linear' }).click();
    await expect(app).toHaveURL(/\/recipe$/);
    await app.keyboard.press('Alt+ArrowLeft');
    await expect(app).toHaveURL(/#\/data\/houses$/);
  });

  await test.step('a link with Ctrl opens behind what is looked at', async () => {
    await visit(app, '/runs');
    await expect(app.getByRole('tab', { selected: true })).toHaveCount(0);
    await visit(app, '/data');
    await app.evaluate(() => {
      const link = document.createElement('a');
      link.href = '#/data/houses@1';
      link.textContent = 'exactly this version';
      document.querySelector('.page-head')?.append(link);
    });
    await app.getByRole('link', { name: 'exactly this version' }).click({ modifiers: ['ControlOrMeta'] });
    await expect.poll(() => names(app)).toEqual(['houses', 'price by linear', 'houses@1']);
    await expect(app).toHaveURL(/#\/data$/);
  });

  await test.step('the middle button, Delete and Alt W close; what was closed comes back', async () => {
    await app.getByRole('tab', { name: 'houses@1' }).click({ button: 'middle' });
    await expect.poll(() => names(app)).toEqual(['houses', 'price by linear']);
    await app.getByRole('tab', { name: 'price by linear' }).click();
    await app.keyboard.press('Alt+w');
    await expect.poll(() => names(app)).toEqual(['houses']);
    await expect(app).toHaveURL(/#\/data\/houses$/);
    await app.keyboard.press('Alt+Shift+T');
    await expect.poll(() => names(app)).toEqual(['houses', 'price by linear']);
    await app.getByRole('tab', { name: 'price by linear' }).focus();
    await app.keyboard.press('Delete');
    await expect.poll(() => names(app)).toEqual(['houses']);
    await app.keyboard.press('Alt+Shift+T');
  });

  await test.step('tabs are moved by mouse and by keys', async () => {
    const [first, second] = [
      app.getByRole('tab', { name: 'houses' }),
      app.getByRole('tab', { name: 'price by linear' }),
    ];
    await second.dragTo(first, { targetPosition: { x: 4, y: 10 } });
    await expect.poll(() => names(app)).toEqual(['price by linear', 'houses']);
    await second.focus();
    await app.keyboard.press('Control+Shift+ArrowRight');
    await expect.poll(() => names(app)).toEqual(['houses', 'price by linear']);
    await app.keyboard.press('ArrowLeft');
    await expect(first).toBeFocused();
    await app.keyboard.press('Alt+Shift+PageUp');
    await expect.poll(() => names(app)).toEqual(['price by linear', 'houses']);
    await app.keyboard.press('Alt+PageDown');
    await expect(first).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('what can be done with a tab is asked by the right button', async () => {
    await app.getByRole('tab', { name: 'price by linear' }).click({ button: 'right' });
    await app.getByRole('menuitem', { name: 'Close the other tabs' }).click();
    await expect.poll(() => names(app)).toEqual(['price by linear']);
    await app.keyboard.press('Alt+Shift+T');
    await expect.poll(() => names(app)).toEqual(['price by linear', 'houses']);
  });

  await test.step('after a restart on another address everything is as it was', async () => {
    await expect.poll(() => openOnDisk(holdfast)).toEqual(['price by linear', 'houses']);
    const address = await holdfast.restart('SIGTERM', ['--workspace', join(holdfast.folder, 'workspace')]);
    await app.goto(address);
    await expect.poll(() => names(app)).toEqual(['price by linear', 'houses']);
    await expect(app).toHaveURL(/#\/data\/houses$/);
    await expect(app.getByRole('grid', { name: /^Rows of / })).toBeVisible();
  });
});
