import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, visit } from './holdfast.ts';

const messy = [
  'id;name;amount',
  '1;"Zoë; the first";1,50',
  '2;broken',
  '3;Max;abc',
  ...Array.from({ length: 40 }, (_, i) => `${i + 4};Mia;${i},25`),
];

test('a file is looked at first, its rejects are told, and importing it twice stores nothing', async ({
  app,
  holdfast,
}) => {
  const path = join(holdfast.folder, 'messy.csv');
  await writeFile(path, `${messy.join('\n')}\n`);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  const preview = app.getByRole('table', { name: 'First rows of the file' });
  await expect(preview).toContainText('Zoë; the first');
  await expect(preview.getByRole('columnheader')).toHaveCount(3);
  await app.getByRole('combobox', { name: 'type of amount' }).click();
  await app.getByRole('option', { name: 'number', exact: true }).click();
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  const rejects = app.getByRole('table', { name: 'Rejected rows' });
  await expect(rejects.getByRole('row')).toHaveCount(3);
  await expect(rejects).toContainText('expected 3 fields, found 2');
  await expect(rejects).toContainText('expected a number, got "abc"');

  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('combobox', { name: 'type of amount' }).click();
  await app.getByRole('option', { name: 'number', exact: true }).click();
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.getByText('Nothing changed')).toBeVisible();
});

test('a file chosen in the browser is taken over without its path', async ({ app }) => {
  await visit(app, '/data/import');
  const [chooser] = await Promise.all([
    app.waitForEvent('filechooser'),
    app.getByRole('button', { name: /Choose a file/ }).click(),
  ]);
  const text = `when,count\n${Array.from({ length: 40 }, (_, i) => `2026-01-${String((i % 28) + 1).padStart(2, '0')},${i}`).join('\n')}\n`;
  await chooser.setFiles({ name: 'visits.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(app.getByRole('table', { name: 'First rows of the file' })).toContainText('2026-01-01');
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.getByRole('grid', { name: 'Rows of visits@1' })).toHaveAttribute('aria-rowcount', '41');
});

test('a file dropped anywhere begins an import', async ({ app }) => {
  await visit(app, '/runs');
  const data = await app.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a,b\n1,x\n2,y\n'], 'dropped.csv', { type: 'text/csv' }));
    return transfer;
  });
  await app.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await expect(app.getByText('Drop to look at it before it is imported')).toBeVisible();
  await app.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(app).toHaveURL(/#\/data\/import/);
  await expect(app.getByRole('table', { name: 'First rows of the file' })).toContainText('y');
});

test('half a million rows scroll to the last', async ({ app, holdfast }) => {
  test.setTimeout(180_000);
  const rows = 500_000;
  const path = join(holdfast.folder, 'large.csv');
  const lines = ['id,group,value'];
  for (let i = 1; i <= rows; i++) lines.push(`${i},g${i % 7},${(i * 7919) % 1000}`);
  await writeFile(path, `${lines.join('\n')}\n`);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  const table = app.getByRole('grid', { name: 'Rows of large@1' });
  await expect(table).toHaveAttribute('aria-rowcount', String(rows + 1), { timeout: 60_000 });
  await table.focus();
  await app.keyboard.press('Control+End');
  const last = table
    .getByRole('row')
    .filter({ has: app.getByRole('rowheader', { name: '500,000', exact: true }) });
  await expect(last).toContainText(`g${rows % 7}`);
  await expect(last).toContainText(String((rows * 7919) % 1000));
  await app.getByLabel('Go to row').fill('250001');
  const middle = table
    .getByRole('row')
    .filter({ has: app.getByRole('rowheader', { name: '250,001', exact: true }) });
  await expect(middle).toContainText(`g${250_001 % 7}`);
  expect(await table.getByRole('row').count()).toBeLessThan(80);
});
