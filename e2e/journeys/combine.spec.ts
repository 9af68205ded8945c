import { expect, importSample, test, train, visit } from './holdfast.ts';

test('of runs that are picked the curves are drawn in one picture, and they are combined into one, which names them', async ({
  app,
}) => {
  await importSample(app);
  for (const family of ['linear', 'tree']) await train(app, `target: type\nfamily: ${family}\n`);
  await visit(app, '/runs');
  const boxes = app.getByRole('checkbox', { name: /^pick run/ });
  await expect(boxes).toHaveCount(2);
  await expect(app.getByRole('button', { name: 'Combine', exact: true })).toBeDisabled();
  for (const box of await boxes.all()) await box.check();
  await app.getByRole('combobox', { name: 'Picture' }).click();
  await app.getByRole('option', { name: 'Curves' }).click();
  const curves = app.getByRole('region', { name: 'Curves in one picture' });
  await expect(curves.getByRole('figure', { name: /false alarms: Condo/ })).toContainText('B: linear (area');
  await app.getByRole('button', { name: 'Combine', exact: true }).click();
  const form = app.getByRole('dialog');
  await form.getByLabel('Weight of tree').fill('3');
  await form.getByRole('button', { name: 'Combine', exact: true }).click();
  await expect(app.getByRole('heading', { level: 1, name: /ensemble/ })).toBeVisible({ timeout: 60_000 });
  await expect(app.getByText('Made of')).toContainText(/tree run_\w+ \(weight 0.75/);
});
