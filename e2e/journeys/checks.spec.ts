import { join } from 'node:path';
import { expect, test, visit } from './holdfast.ts';

const samples = join(import.meta.dirname, '../../resources/samples');

test('bias is measured, leakage found and another table compared, each said in words', async ({ app }) => {
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(join(samples, 'credit.csv'));
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await app.getByRole('grid', { name: /^Rows of / }).waitFor();

  await visit(app, '/checks');
  await choose('Label', 'Status');
  await app.getByLabel('Positive labels').fill('good');
  await choose('Protected attribute', 'Age');
  await app.getByLabel('Protected group').fill('>40');
  await app.getByRole('button', { name: 'Measure bias' }).click();
  await expect(app.getByRole('status')).toContainText('4,454 rows, 3,200 with Status = good');
  await expect(app.getByRole('table', { name: 'Age > 40' })).toContainText('34.9 %');

  await app.getByRole('link', { name: 'Leakage' }).click();
  await app.getByLabel('Recipe as YAML').fill('target: Status\nfamily: linear\n');
  await app.getByRole('button', { name: 'Look for leakage' }).click();
  await expect(app.getByRole('status').or(app.getByRole('table', { name: 'Findings' }))).toBeVisible();

  await app.getByRole('link', { name: 'Against other data' }).click();
  await expect(app.getByText('Comparing needs another dataset')).toBeVisible();

  async function choose(label: string, option: string): Promise<void> {
    await app.getByRole('combobox', { name: label, exact: true }).click();
    await app.getByRole('option', { name: option, exact: true }).click();
  }
});
