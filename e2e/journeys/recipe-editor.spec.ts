import { expect, importSample, test, visit, writeRecipe } from './holdfast.ts';

test('steps are moved by key, their effect is shown, and one history takes all of it back', async ({
  app,
}) => {
  await importSample(app);
  await visit(app, '/train');
  const text = app.getByLabel('Recipe as YAML');
  await text.fill('# spring sale\ntarget: price\nfamily: linear\n');
  await app.getByRole('button', { name: 'Change them' }).click();
  const steps = app.getByRole('list', { name: 'Steps' }).getByRole('listitem');
  await expect(steps).toHaveCount(4);
  await expect(text).toHaveText(/# spring sale[^]*- step: scale\s+columns: numbers\s+- step: one-hot/, {
    useInnerText: true,
  });

  const effect = app.getByRole('region', { name: 'Effect on training rows' });
  await expect(effect).toContainText('learned from all 559 training rows');
  await expect(effect).toContainText(/\d+ features for the model/);
  await effect.getByText('3 Scale').click();
  await expect(effect.getByRole('columnheader', { name: /sqft changed/ })).toBeVisible();
  await expect(effect.locator('td[data-mark=changed] del').first()).toBeVisible();

  const handle = app.getByRole('button', { name: 'move Scale', exact: true });
  await handle.focus();
  await app.keyboard.press('Alt+ArrowUp');
  await expect(steps.nth(1)).toContainText('Scale');
  await expect(handle).toBeFocused();
  await expect(app.getByText('Scale is step 2 of 4 now')).toBeAttached();
  await expect(effect.getByText('2 Scale')).toBeVisible();

  await handle.press('Control+z');
  await expect(steps.nth(2)).toContainText('Scale');
  await handle.press('Control+Shift+z');
  await expect(steps.nth(1)).toContainText('Scale');

  const head = (at: number) => steps.nth(at).locator('.steps__number');
  await head(1).dragTo(head(0));
  await expect(steps.nth(0)).toContainText('Scale');
  await text.press('Control+z');
  await text.press('Control+z');
  await expect(steps.nth(2)).toContainText('Scale');
  await app.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(text).toHaveText('# spring sale target: price family: linear', { useInnerText: true });
});

test('a problem stands on its card, in the text and in the list, and what was written is there after a reload', async ({
  app,
}) => {
  await importSample(app);
  await visit(app, '/train');
  const text = app.getByLabel('Recipe as YAML');
  await text.fill('target: price\nfamily: linear\nsteps:\n  - scale: [sqft]\n  - scale: [zip]\n');
  const card = app.getByRole('list', { name: 'Steps' }).getByRole('listitem').nth(1);
  await expect(card.getByRole('alert')).toContainText('column "zip" is text');
  await expect(app.locator('.cm-lintRange-error').first()).toBeVisible();
  const problems = app.getByRole('list', { name: 'Problems' });
  await problems.getByRole('button', { name: 'steps[1]' }).click();
  await expect(text).toBeFocused();
  const effect = app.getByRole('region', { name: 'Effect on training rows' });
  await expect(effect).toContainText('1 Scale');
  await app.reload();
  await expect(text).toHaveText(/scale: \[zip\]/, { useInnerText: true });
});

test('a split goes by a column that is chosen, and without one again', async ({ app }) => {
  await importSample(app);
  await visit(app, '/train');
  await writeRecipe(app, 'target: price\nfamily: linear\n');
  await app.getByRole('combobox', { name: 'Method' }).click();
  await app.getByRole('option', { name: /^by group/ }).click();
  await app.getByRole('combobox', { name: 'By column' }).click();
  await app.getByRole('option', { name: 'zip', exact: true }).click();
  await expect(app.getByLabel('Recipe as YAML')).toContainText('method: group');
  await expect(app.getByLabel('Recipe as YAML')).toContainText('by: zip');
  await app.getByRole('combobox', { name: 'Method' }).click();
  await app.getByRole('option', { name: 'at random' }).click();
  await expect(app.getByLabel('Recipe as YAML')).not.toContainText('by: zip');
});
