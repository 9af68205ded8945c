import { expect, importSample, startSweep, test, visit } from './holdfast.ts';

test('where a sweep looks is changed in the form, wrong ranges are told before it starts', async ({
  app,
}) => {
  await importSample(app);
  await visit(app, '/sweeps');
  await app.getByRole('combobox', { name: 'Predict' }).click();
  await app.getByRole('option', { name: 'price', exact: true }).click();
  await app.getByRole('combobox', { name: 'Kinds of model' }).fill('Decision tree');
  await app.getByRole('option', { name: 'Decision tree', exact: true }).click();
  await app.keyboard.press('Escape');
  const panel = app.getByRole('region', { name: 'Where it looks' });
  const from = panel.getByRole('textbox', { name: 'From max_depth' });
  await from.fill('90');
  await expect(panel.getByRole('alert')).toContainText('"from" (90) must be less than "to"');
  await from.fill('2');
  await panel.getByRole('textbox', { name: 'To max_depth' }).fill('3');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await app.getByLabel('Trials at most').fill('5');
  await app.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(app.getByText('5 trials')).toBeVisible({ timeout: 60_000 });
  const parameters = await app
    .getByRole('table', { name: 'Leaderboard' })
    .getByText(/max_depth/)
    .allTextContents();
  // The first trial is the family's defaults.
  expect(parameters.filter((text) => /max_depth [23]\b/.test(text)).length).toBeGreaterThanOrEqual(4);
});

test('a sweep is started from the form, its leaderboard leads to runs', async ({ app }) => {
  await importSample(app);
  await startSweep(app, 'Decision tree', 16);
  const board = app.getByRole('table', { name: 'Leaderboard' });
  await expect(app.getByText('16 trials')).toBeVisible();
  await expect(board.getByRole('row').nth(5)).toContainText('tree');
  await expect(app.getByText(/On the test rows the best one has RMSE/)).toBeVisible();
  await expect(app.getByRole('figure', { name: /have in common/ })).toBeVisible();
  const first = board.getByRole('row').nth(1).getByRole('link');
  await first.focus();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('group', { name: 'Headline metrics on test rows' })).toBeVisible();
  await visit(app, '/sweeps');
  await expect(app.getByRole('table', { name: 'All sweeps' })).toContainText('done');
});
