import { expect, importSample, test, train } from './holdfast.ts';

test('a curve is set by hand, and the new run says which run it came from, and why', async ({ app }) => {
  await importSample(app);
  await train(
    app,
    'target: price\nfamily: additive\nparams: { max_rounds: 30, bags: 1, interactions: 0, max_bins: 8 }\n',
  );
  const parent = /run_\w+/.exec(app.url())?.[0] ?? '';
  await app.getByRole('link', { name: 'Model', exact: true }).click();
  await app.getByRole('button', { name: 'Set a curve by hand' }).click();
  const form = app.getByRole('dialog');
  await form.getByRole('combobox', { name: 'Curve' }).click();
  await app.getByRole('option', { name: 'sqft', exact: true }).click();
  await form.getByLabel('Above').fill('4000');
  await form.getByLabel('Effect there').fill('150000');
  await form.getByLabel('Why').fill('few houses are so large');
  await form.getByRole('button', { name: 'Train with this edit' }).click();
  await expect(app.getByText('Edited from')).toContainText(`${parent}: few houses are so large`, {
    timeout: 60_000,
  });
  await expect(app.getByRole('table', { name: 'Curve: sqft' })).toContainText('150,000');
});
