import { join } from 'node:path';
import { expect, test, visit } from './holdfast.ts';

const samples = join(import.meta.dirname, '../../resources/samples');

test('rules are suggested, saved and run; bias is measured, leakage found and another table compared, each said in words', async ({
  app,
  holdfast,
}) => {
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(join(samples, 'credit.csv'));
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await app.getByRole('grid', { name: /^Rows of / }).waitFor();

  await visit(app, '/checks');
  await app.getByRole('button', { name: 'Suggest from the data' }).click();
  const suite = app.getByLabel('Suite of checks as YAML');
  await expect(suite).toHaveValue(/check: row-count/);
  await suite.fill(
    'checks:\n  - { check: not-null, column: Marital, severity: block }\n  - { check: range, column: Age, min: 18 }\n',
  );
  await app.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.getByText('Saved as suite 1')).toBeVisible();
  await app.getByRole('button', { name: 'Run on this version' }).click();
  await expect(app.getByRole('table', { name: 'Results of the checks' })).toContainText(
    '1 of 4,454 rows have no value',
  );
  await app.getByRole('link', { name: 'show the row: Marital has a value in every row' }).click();
  await expect(app.getByText('1 of 4,454 rows fail: Marital has a value in every row')).toBeVisible();
  const failing = app.getByRole('grid', { name: 'Rows that fail: Marital has a value in every row' });
  await expect(failing.getByRole('rowheader')).toHaveText('3,319');
  await app.getByRole('button', { name: 'Save all as a file' }).click();
  const saving = app.getByRole('dialog');
  await saving.getByLabel('File', { exact: true }).fill(join(holdfast.folder, 'failing.csv'));
  await saving.getByRole('button', { name: 'Write the file' }).click();
  await expect(saving.getByRole('status')).toContainText('failing.csv was written: 1 rows');
  await app.keyboard.press('Escape');
  await app.getByRole('button', { name: 'Back to the results' }).click();
  await app.getByLabel('Why it is used all the same').fill('one row does not matter here');
  await app.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(app.getByText('Used all the same: one row does not matter here')).toBeVisible();

  await visit(app, '/checks/bias');
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

  await app.getByRole('link', { name: 'Unusual rows' }).click();
  await app.getByRole('button', { name: 'Look for unusual rows' }).click();
  const unusual = app.getByRole('table', { name: 'The rows least like the others' });
  await expect(unusual.getByRole('row')).toHaveCount(21);

  await app.getByRole('link', { name: 'Against other data' }).click();
  await expect(app.getByText('Comparing needs another dataset')).toBeVisible();

  async function choose(label: string, option: string): Promise<void> {
    await app.getByRole('combobox', { name: label, exact: true }).click();
    await app.getByRole('option', { name: option, exact: true }).click();
  }
});
