import { AxeBuilder } from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test, visit, writeRecipe } from './holdfast.ts';

const root = join(import.meta.dirname, '..', '..');

async function importCsv(app: Page, path: string): Promise<void> {
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await app.getByRole('grid', { name: /^Rows of / }).waitFor();
}

async function choose(app: Page, label: string, option: string): Promise<void> {
  const field = app.getByRole('combobox', { name: label, exact: true });
  await field.fill(option);
  await app.getByRole('option', { name: option, exact: true }).click();
}

test('a forecast looks back at earlier rows and takes columns of another dataset, all by the form', async ({
  app,
  holdfast,
}) => {
  await importCsv(app, join(root, 'resources', 'samples', 'chicago-ridership.csv'));
  const degrees = Array.from({ length: 100 }, (_, degree) => `${degree},${(degree * 7) % 30}`);
  const path = join(holdfast.folder, 'sales.csv');
  await writeFile(path, `temp_max,ice_cream\n${degrees.join('\n')}\n`);
  await importCsv(app, path);
  await visit(app, '/train?dataset=chicago-ridership');
  await writeRecipe(app, 'target: ridership\nfamily: linear\n');
  await app.getByRole('button', { name: 'Look back' }).click();
  await expect(app.getByRole('combobox', { name: 'Ordered by' })).toHaveValue('date');
  await app.getByLabel('Rows ahead').fill('14');
  await app.getByRole('textbox', { name: 'Values so many rows before' }).fill('14, 21');
  const effect = app.getByRole('region', { name: 'Effect on training rows' });
  const shown = (name: string) => effect.getByRole('columnheader', { name: new RegExp(name) });
  await expect(shown('ridership_lag_21')).toBeVisible();
  await app.getByRole('button', { name: 'Join a dataset' }).click();
  await choose(app, 'Key here', 'temp_max');
  await expect(app.getByRole('combobox', { name: 'Key there' })).toHaveValue('temp_max');
  await expect(app.getByText(/rows have no match in sales@1 by "temp_max"/)).toBeVisible();
  await expect(shown('ice_cream')).toBeVisible();
  const { violations } = await new AxeBuilder({ page: app }).include('.train__form').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
  await app.getByRole('button', { name: 'remove the join of sales' }).click();
  await expect(shown('ice_cream')).toHaveCount(0);
  await expect(app.getByLabel('Recipe as YAML')).toContainText('lags');
});
