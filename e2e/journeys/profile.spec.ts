import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, importSample, test, visit } from './holdfast.ts';

test('a profile tells each column, sets two side by side, and says how columns go together', async ({
  app,
  holdfast,
}) => {
  await importSample(app);
  const path = join(holdfast.folder, 'few.csv');
  await writeFile(path, 'city,beds,price\nSACRAMENTO,2,100000\nGALT,3,\nGALT,4,300000\n');
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.getByRole('grid', { name: /^Rows of few@/ })).toBeVisible();

  await visit(app, '/data/houses/profile');
  await app.getByRole('table', { name: 'Columns' }).getByRole('row').filter({ hasText: 'price' }).click();
  const panel = app.getByRole('complementary', { name: 'Column price' });
  await expect(panel).toContainText('884,790');
  await expect(panel).toContainText('unusually large');

  await app.getByRole('combobox', { name: 'Beside' }).fill('few');
  await app.getByRole('option', { name: 'few@1' }).click();
  const compared = app.getByRole('table', { name: 'few@1 beside houses@1' });
  await expect(compared.getByRole('row').filter({ hasText: 'price' })).toContainText('other values');
  await expect(compared.getByRole('row').filter({ hasText: 'zip' })).toContainText('new');

  await app.getByRole('link', { name: 'Relations' }).click();
  const associations = app.getByRole('region', { name: 'How columns go together' });
  // As pandas has them.
  await expect(associations.getByTitle('Pearson’s correlation of beds and sqft: 0.7159')).toBeVisible();
  await app.getByText('Spearman', { exact: true }).click();
  await expect(associations.getByTitle('Spearman’s correlation of beds and sqft: 0.7294')).toBeVisible();
  const saved = app.waitForEvent('download');
  await app.getByRole('button', { name: 'save How columns go together' }).click();
  await app.getByRole('menuitem', { name: 'Drawing (SVG)' }).click();
  const drawing = await readFile(await (await saved).path(), 'utf8');
  expect([drawing.startsWith('<svg'), drawing.includes('How the columns of houses@1 go together')]).toEqual([
    true,
    true,
  ]);
  // Once on either axis.
  expect(drawing.match(/>longitude</g)).toHaveLength(2);
  expect(drawing.match(/>zip</g)).toHaveLength(2);
  await expect(app.getByText('Nothing is missing in 932 of 932 rows.')).toBeVisible();
});
