import { expect, importSample, startSweep, test, visit } from './holdfast.ts';

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
