import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, visit } from './holdfast.ts';
import type { Page } from 'playwright/test';

const line = (row: number): string => `${row},${['north', 'south', 'east'][row % 3]},${100 + 10 * row}`;
const first = Array.from({ length: 60 }, (_, row) => line(row));

async function importLines(app: Page, folder: string, lines: readonly string[]): Promise<void> {
  const path = join(folder, 'houses.csv');
  await writeFile(path, `id,place,price\n${lines.join('\n')}\n`);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.getByRole('grid', { name: /^Rows of houses@/ })).toBeVisible();
}

test('versions are compared, tagged, deleted, and brought back', async ({ app, holdfast }) => {
  await importLines(app, holdfast.folder, first);
  const changed = first.toSpliced(10, 1, '10,south,999').toSpliced(30, 1);
  await importLines(app, holdfast.folder, ['777,west,5', ...changed]);
  await visit(app, '/data/houses/history');

  await app.getByRole('button', { name: 'Compare', exact: true }).click();
  const rows = app.getByRole('table', { name: 'Rows that differ' });
  await expect(rows.getByRole('row')).toHaveCount(4);
  const changedRow = rows.getByRole('row').filter({ hasText: 'changed' });
  await expect(changedRow).toContainText('200');
  await expect(changedRow).toContainText('999');
  await expect(rows.getByRole('row').filter({ hasText: 'removed' })).toContainText('30');
  await app.getByText('added 1', { exact: true }).click();
  await expect(rows.getByRole('row')).toHaveCount(2);
  await expect(rows).toContainText('west');

  await app.getByRole('radio', { name: 'compare from version 2' }).check();
  await expect(app.getByRole('button', { name: 'Compare', exact: true })).toBeDisabled();

  await app.getByRole('button', { name: 'Tags and note of version 1' }).click();
  await app.getByRole('textbox', { name: 'New tag' }).fill('golden');
  await app.getByRole('button', { name: 'Add the tag' }).click();
  await app.getByRole('textbox', { name: 'Note' }).fill('as it came from the agency');
  await app.getByRole('button', { name: 'Save the note' }).click();
  const list = app.getByRole('list', { name: 'Versions' });
  await expect(list).toContainText('as it came from the agency');
  await visit(app, '/data/houses@golden');
  await expect(app.getByRole('grid', { name: 'Rows of houses@1' })).toBeVisible();

  await visit(app, '/data/houses@2/history');
  await app.getByRole('button', { name: 'Delete version 1' }).click();
  await app.getByRole('button', { name: 'Move to the trash' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await visit(app, '/data/trash');
  await expect(app.getByRole('table', { name: 'Deleted versions' })).toContainText('houses@1');
  await app.getByRole('button', { name: 'Restore houses@1' }).click();
  await expect(app.getByText('The trash is empty', { exact: false })).toBeVisible();
  await visit(app, '/data/houses@golden/history');
  await expect(list).toContainText('as it came from the agency');
});
