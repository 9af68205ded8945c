import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, visit } from './holdfast.ts';

const samples = join(import.meta.dirname, '../../main/datasets/importers/samples');

test('a Parquet file dropped anywhere is previewed with its types, and becomes a table', async ({ app }) => {
  await visit(app, '/data');
  const bytes = (await readFile(join(samples, 'table.parquet'))).toString('base64');
  const data = await app.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([content], 'table.parquet'));
    return transfer;
  }, bytes);
  await app.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await app.dispatchEvent('body', 'drop', { dataTransfer: data });
  const preview = app.getByRole('table', { name: 'First rows of the file' });
  await expect(preview.getByRole('columnheader')).toHaveCount(8);
  await expect(preview).toContainText('Oslo');
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.getByRole('grid', { name: 'Rows of table@1' })).toHaveAttribute('aria-rowcount', '101');
});

test('a file with several tables asks which', async ({ app, holdfast }) => {
  const path = join(holdfast.folder, 'table.sqlite');
  await copyFile(join(samples, 'table.sqlite'), path);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'oslo' }).click();
  await expect(app.getByRole('table', { name: 'First rows of the file' })).toContainText('Oslo');
});

test('cells that are pasted are looked at like a file', async ({ app }) => {
  await visit(app, '/data/import');
  await app.getByRole('button', { name: 'Paste a table' }).click();
  await app.getByRole('textbox', { name: 'Table' }).fill('city\tpeople\nOslo\t700000\nRome\t2800000\n');
  await app.getByRole('button', { name: 'Look at it' }).click();
  await expect(app.getByRole('table', { name: 'First rows of the file' })).toContainText('2800000');
});

test('a query shows its rows, tells what is wrong, and is kept as a dataset', async ({ app, holdfast }) => {
  const path = join(holdfast.folder, 'cities.parquet');
  await copyFile(join(samples, 'table.parquet'), path);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.getByRole('grid', { name: 'Rows of cities@1' })).toBeVisible();
  await visit(app, '/data/query');
  const editor = app.getByRole('textbox', { name: 'SQL' });
  await editor.fill('DROP TABLE cities');
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(app.getByText(/expected one SELECT, got DROP/i).first()).toBeVisible();
  await editor.fill('SELECT city, count(*) AS people FROM cities GROUP BY city ORDER BY city');
  await editor.press('Control+Enter');
  const rows = app.getByRole('table', { name: 'Result of the query' });
  await expect(rows.getByRole('row')).toHaveCount(4);
  await expect(rows).toContainText('Oslo');
  await app.getByRole('textbox', { name: 'Keep as dataset' }).fill('totals');
  await app.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(app.getByRole('grid', { name: 'Rows of totals@1' })).toHaveAttribute('aria-rowcount', '4');
});
