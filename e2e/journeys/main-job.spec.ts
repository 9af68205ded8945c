import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, makeWorkspace, startHoldfast, test, visit } from './holdfast.ts';

test('from the sample to a signed bundle, pulled and reproduced by a colleague', async ({
  holdfast,
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const stick = `file:${join(holdfast.folder, 'stick')}`;

  await test.step('the sample is one click away', async () => {
    await page.goto(holdfast.address);
    expect(page.url()).not.toContain('token');
    await page.getByRole('button', { name: 'Open House prices in Sacramento' }).click();
    const table = page.getByRole('grid', { name: 'Rows of houses@1' });
    await expect(table).toHaveAttribute('aria-rowcount', '933');
    await expect(table.getByRole('columnheader').nth(1)).toContainText('city');
    await expect(table.getByRole('row').nth(1)).toContainText('z95838');
    await expect(table.getByRole('row').nth(1)).toContainText('59,222');
  });

  await test.step('the last row is reached', async () => {
    await page.getByLabel('Go to row').fill('932');
    await expect(page.getByRole('rowheader', { name: '932', exact: true })).toBeVisible();
  });

  await test.step('columns are summed up', async () => {
    await page.getByRole('link', { name: 'Profile' }).click();
    const price = page.getByRole('table', { name: 'Columns' }).getByRole('row', { name: /price/ });
    await expect(price).toContainText('220,000');
    await price.click();
    await expect(page.getByRole('complementary', { name: 'Column price' })).toContainText('884,790');
  });

  const run = await test.step('two choices are enough to train', async () => {
    await page.getByRole('button', { name: 'Train a model' }).click();
    await page.getByRole('combobox', { name: 'Target' }).click();
    await page.getByRole('option', { name: /^price/ }).click();
    await page.getByText('Linear', { exact: true }).click();
    await expect(page.getByLabel('Recipe as YAML')).toHaveText('target: price family: linear', {
      useInnerText: true,
    });
    await page.getByText('with defaults').click();
    await expect(page.getByLabel('Recipe with defaults')).toContainText('task: regression');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(page).toHaveURL(/#\/runs\/run_/, { timeout: 60_000 });
    return /run_\w+/.exec(page.url())?.[0] ?? '';
  });

  await test.step('the run says how good it is, in numbers and in pictures', async () => {
    const headline = page.getByRole('group', { name: 'Headline metrics on test rows' });
    await expect(headline).toContainText('Mean absolute error');
    await headline.getByRole('button', { name: /what is Mean absolute error/ }).click();
    await expect(page.getByText('Lower is better.')).toBeVisible();
    await page.keyboard.press('Escape');
    const metrics = page.getByRole('table', { name: 'Metrics' });
    for (const split of ['train', 'validation', 'test']) {
      await expect(metrics.getByRole('columnheader', { name: split })).toBeVisible();
    }
    const figure = page.getByRole('figure', { name: /Predicted against actual/ });
    await expect(figure.locator('.scatterlayer .point').first()).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Model', exact: true }).click();
    const coefficients = page.getByRole('table', { name: 'Coefficients' });
    await expect(coefficients.getByRole('row').nth(1)).toContainText('(intercept)');
    await coefficients.getByRole('button', { name: 'feature' }).click();
    await coefficients.getByRole('button', { name: 'feature' }).click();
    await expect(coefficients.getByRole('row', { name: /^zip=/ }).first()).toBeVisible();
  });

  await test.step('it is made again, to the last byte', async () => {
    await page.getByRole('button', { name: 'Reproduce' }).click();
    await expect(page.getByText('the model is the same to the last byte')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('it enters the registry and predicts a row', async () => {
    await page.getByRole('button', { name: 'Add to registry' }).click();
    await page.getByRole('combobox', { name: 'Model name' }).fill('prices');
    await page.getByRole('button', { name: 'Add prices version 1' }).click();
    await expect(page.getByRole('heading', { name: 'prices version 1' })).toBeVisible();
    await page.getByLabel('sqft').fill('2400');
    await page.getByRole('button', { name: 'Predict price' }).click();
    await expect(page.locator('.predict__value')).toHaveText(/^\d{3},\d{3}$/);
  });

  await test.step('it goes live', async () => {
    await page.getByRole('button', { name: 'Move to stage' }).click();
    await page.getByRole('menuitem', { name: /^live/ }).click();
    await expect(page.locator('.page-head__title')).toContainText('live');
  });

  await test.step('it leaves as a signed bundle, to a folder and to a stick', async () => {
    await page.getByRole('button', { name: 'Export or push' }).click();
    const bundle = join(holdfast.folder, 'bundle');
    const exporting = page.getByRole('region', { name: 'Export' });
    await exporting.getByLabel('Folder').fill(bundle);
    await exporting.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(exporting.getByText('signed', { exact: true })).toBeVisible({ timeout: 60_000 });
    for (const file of ['MLmodel', 'model.onnx', 'model.sig'])
      expect(existsSync(join(bundle, file))).toBe(true);
    const pushing = page.getByRole('region', { name: 'Push' });
    await pushing.getByLabel('Remote').fill(stick);
    await pushing.getByLabel('with the training data itself').check();
    await pushing.getByRole('button', { name: 'Push', exact: true }).click();
    await expect(pushing.getByRole('status')).toContainText('Sent', { timeout: 60_000 });
    await expect(page.getByRole('table', { name: 'Pushed and pulled before' })).toContainText('prices@1');
  });

  await test.step('its lineage leads back to the file', async () => {
    await visit(page, `/lineage/${run}`);
    await expect(page.locator('.lineage-card', { hasText: 'sacramento.csv' })).toBeVisible();
    await page.locator('.lineage-card', { hasText: 'prices@1' }).click();
    await expect(page.getByRole('complementary', { name: /model prices@1/ })).toContainText('live');
    await page.getByText('outline', { exact: true }).click();
    await expect(page.getByRole('tree', { name: 'Lineage outline' })).toContainText('reproduce');
  });

  await test.step('the workspace verifies', async () => {
    await visit(page, '/machine/workspace');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText('verified', { exact: true })).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a colleague pulls it, asked whom to trust, and makes the same model', async () => {
    const other = await startHoldfast();
    const context = await browser.newContext();
    try {
      const theirs = await context.newPage();
      await theirs.goto(other.address);
      await makeWorkspace(theirs, join(other.folder, 'workspace'));
      await visit(theirs, '/models/pull');
      await theirs.getByLabel('Remote').fill(stick);
      await theirs.getByRole('button', { name: 'Pull', exact: true }).click();
      const question = theirs.getByRole('alertdialog', { name: 'Unknown signer' });
      await expect(question.getByLabel('fingerprint')).toHaveText(/^([0-9a-f]{8} ){7}[0-9a-f]{8}$/);
      await question.getByLabel('Name of the owner').fill('Ada');
      await question.getByRole('button', { name: 'Trust and pull' }).click();
      await expect(theirs.getByText('signed by Ada')).toBeVisible({ timeout: 60_000 });
      await theirs.getByRole('link', { name: /^run run_/ }).click();
      await theirs.getByRole('button', { name: 'Reproduce' }).click();
      await expect(theirs.getByText('the model is the same to the last byte')).toBeVisible({
        timeout: 60_000,
      });
      await visit(theirs, '/models/pull');
      await theirs.getByLabel('Remote').fill(stick);
      await theirs.getByRole('button', { name: 'Pull', exact: true }).click();
      await expect(theirs.getByText('It was here already; nothing was added')).toBeVisible({
        timeout: 60_000,
      });
    } finally {
      await context.close();
      await other.stop();
    }
  });
});
