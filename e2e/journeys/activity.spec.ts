import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, visit, writeRecipe } from './holdfast.ts';

test('work goes on while one looks elsewhere: the tray shows and stops it, leaving asks, its end is told', async ({
  app,
  holdfast,
}) => {
  test.setTimeout(240_000);
  const rows = Array.from(
    { length: 20_000 },
    (_, i) => `${(i * 37) % 101},${(i * 53) % 97},${(i * 71) % 89}`,
  );
  const path = join(holdfast.folder, 'noise.csv');
  await writeFile(path, `a,b,y\n${rows.join('\n')}\n`);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await app.getByRole('grid', { name: 'Rows of noise@1' }).waitFor({ timeout: 60_000 });
  const train = async (recipe: string) => {
    await visit(app, '/train');
    await writeRecipe(app, recipe);
    await app.getByRole('button', { name: 'Train', exact: true }).click();
  };

  await test.step('the tray shows it and leaving the workspace asks', async () => {
    await train('target: y\nfamily: network\nparams:\n  epochs: 1000\n  patience: 1000\n  batch_size: 32\n');
    await app.getByRole('button', { name: 'Activity: 1 job running' }).click();
    const running = app.getByRole('region', { name: 'Running' }).last();
    await expect(running.getByRole('link', { name: /^train network/ })).toBeVisible();
    await app.keyboard.press('Escape');
    await app.getByRole('button', { name: 'Workspace' }).click();
    await app.getByRole('menuitem', { name: 'Close it' }).click();
    const question = app.getByRole('dialog', { name: 'Work is still running' });
    await expect(question).toContainText('train network');
    await question.getByRole('button', { name: 'Keep working' }).click();
    await expect(question).toHaveCount(0);
  });

  await test.step('closing the page asks', async () => {
    // A browser asks only for a page that somebody has used.
    await app.getByRole('heading', { name: 'Train', level: 1 }).click();
    const asked = app.waitForEvent('dialog');
    void app.evaluate(() => location.reload()).catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
  });

  await test.step('it is stopped from the tray', async () => {
    await visit(app, '/data');
    await app.getByRole('button', { name: 'Activity: 1 job running' }).click();
    await app.getByRole('button', { name: /^Cancel train network/ }).click();
    await expect(app.getByText('no job running')).toBeVisible();
    await app.keyboard.press('Escape');
  });

  await test.step('what ends unseen is told, and stays in the history', async () => {
    await train('target: y\nfamily: network\nparams:\n  epochs: 30\n  batch_size: 64\n');
    await expect(app.getByRole('button', { name: 'Activity: 1 job running' })).toBeVisible();
    await visit(app, '/models');
    const notice = app.getByRole('alert').filter({ hasText: 'train network' });
    await expect(notice).toContainText('done', { timeout: 60_000 });
    await app.getByRole('button', { name: /^Activity: 1 new notice/ }).click();
    const history = app.getByRole('region', { name: 'Notices' });
    await history.getByRole('link', { name: /^train network/ }).click();
    await expect(app).toHaveURL(/#\/runs\/run_/);
  });
});
