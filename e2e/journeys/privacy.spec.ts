import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, visit } from './holdfast.ts';

const patients = `name,email,born,zip,illness
Ada Lovelace,ada@example.org,1985-12-10,95823,flu
Bob Miller,bob@example.com,1985-03-02,95811,asthma
Carol Young,carol@example.net,1971-01-31,95838,flu
Dan Moore,dan@example.net,1971-06-17,95814,none
`;

test('personal data is found masked, treated into a new version, and its anonymity measured', async ({
  app,
  holdfast,
}) => {
  const file = join(holdfast.folder, 'patients.csv');
  await writeFile(file, patients);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(file);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await app.getByRole('grid', { name: /^Rows of / }).waitFor();

  await visit(app, '/checks/privacy');
  await app.getByRole('button', { name: 'Look for personal data' }).click();
  const table = app.getByRole('table', { name: 'Columns' });
  await expect(table).toContainText('a***@e***.org');
  await expect(table).not.toContainText('ada@example.org');
  await choose('Treatment of name', 'drop');
  await choose('Treatment of email', 'pseudonym');
  await choose('Treatment of born', 'year');
  await choose('Treatment of zip', 'first characters');
  await app.getByRole('button', { name: 'Make a treated version' }).click();
  await expect(app.getByText('patients@2 was made of patients@1.')).toBeVisible();
  await app.getByRole('button', { name: 'Go on with patients@2' }).click();

  await choose('What others may know of a person', 'born');
  await choose('Compare with', 'patients@1');
  await app.getByRole('button', { name: 'Measure anonymity' }).click();
  const smallest = app
    .getByRole('table', { name: 'Anonymity in numbers' })
    .getByRole('row', { name: /Smallest group/ });
  await expect(smallest).toHaveText(/Smallest group \(k\)\s*1\s*2/);

  await choose('Dataset', 'patients@1');
  await choose('Column that tells a person', 'email');
  await app.getByRole('textbox', { name: 'Value of the person' }).fill('ada@example.org');
  await app.getByRole('button', { name: 'Show the plan' }).click();
  const plan = app.getByRole('table', { name: 'Plan of the erasure' });
  await expect(plan).toContainText('1 row of 4 would go');
  await app.getByRole('button', { name: 'Erase', exact: true }).click();
  await app.getByRole('button', { name: 'Erase for good' }).click();
  await expect(app.getByText(/files were read to the last byte: nothing of it is left/)).toBeVisible();

  async function choose(label: string, option: string): Promise<void> {
    await app.getByRole('combobox', { name: label, exact: true }).click();
    await app.getByRole('option', { name: option, exact: true }).click();
  }
});
