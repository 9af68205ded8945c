import { expect, importSample, test, visit, writeRecipe } from './holdfast.ts';

test('test rows are sealed, and opened once for one run, with the reason in the ledger', async ({ app }) => {
  await importSample(app);
  await visit(app, '/train');
  const recipe = 'target: price\nfamily: linear\nsplit: { folds: 4, test: 0.2, sealed: true }\n';
  await writeRecipe(app, recipe);
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('group', { name: 'Headline metrics on folds, mean' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(app.getByRole('table', { name: 'Folds' }).getByRole('row')).toHaveCount(5);

  await app.getByRole('link', { name: 'Test rows', exact: true }).click();
  await app.getByRole('button', { name: 'Open the sealed test rows' }).click();
  await app.getByLabel('Why now, and why this run').fill('chosen by its folds');
  await app.getByRole('button', { name: 'Open once' }).click();
  const ledger = app.getByRole('table', { name: 'Every look at these test rows' });
  await expect(ledger).toContainText('chosen by its folds', { timeout: 30_000 });
  await app.getByRole('link', { name: 'Results' }).click();
  await expect(app.getByRole('group', { name: 'Headline metrics on test rows' })).toContainText('first look');
});
