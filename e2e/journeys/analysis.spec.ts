import { expect, importSample, test, train, visit } from './holdfast.ts';

test('a run is analysed on its test rows, and the difference to another is tested', async ({ app }) => {
  await importSample(app);
  await train(app, 'target: price\nfamily: baseline\n');
  const baseline = /run_\w+/.exec(app.url())?.[0] ?? '';
  await expect(app.getByText('first look at these test rows')).toBeVisible();
  await train(app, 'target: price\nfamily: linear\n');
  const linear = /run_\w+/.exec(app.url())?.[0] ?? '';
  await expect(app.getByText('1 look at these test rows before')).toBeVisible();

  await app.getByRole('link', { name: 'Analysis' }).click();
  await app.getByRole('button', { name: 'Analyse the test rows' }).click();
  await expect(app.getByRole('table', { name: 'Every part of every feature' })).toContainText('beds');
  await expect(app.getByRole('table', { name: 'The rows it gets most wrong' })).toContainText('SACRAMENTO');
  const intervals = app.getByRole('table', { name: 'How far the metrics could be off' });
  await expect(intervals).toContainText('mean absolute error', { timeout: 30_000 });

  await visit(app, `/runs/compare/${baseline}/${linear}`);
  await app.getByRole('button', { name: 'Test the difference' }).click();
  const tested = app.getByRole('table', { name: 'Is one really better?' });
  await expect(tested).toContainText('the second is better: mean absolute error');
});
