import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, importSample, test, visit } from './holdfast.ts';

test('a wrong path, an empty file and a header alone are named', async ({ app, holdfast }) => {
  const missing = join(holdfast.folder, 'no-such.csv');
  const header = join(holdfast.folder, 'header.csv');
  await writeFile(header, 'a,b,c\n');
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(missing);
  const alert = app.getByRole('alert');
  await expect(alert).toContainText(`No file at "${missing}"; check the path`);
  await expect(alert).toContainText('Nothing was changed.');
  await expect(app.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await app.getByRole('textbox', { name: 'File' }).fill(header);
  await expect(alert).toContainText('has 3 column names but no rows');
  await alert.locator('summary').click();
  await expect(alert.locator('pre')).toContainText('csv-header-only');
});

test('problems of a recipe stand at their place, and training waits for them', async ({ app }) => {
  await importSample(app);
  await visit(app, '/train');
  const text = app.getByLabel('Recipe as YAML');
  await text.fill('target: prise\nfamily: linear\nfamiliy: x\n');
  const problems = app.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText('familiy');
  await expect(app.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await text.fill('target: price\nfamily: linear\nparams:\n  alpha: -1\n');
  await expect(problems).toContainText('params.alpha');
  await expect(app.locator('.schema-form .mantine-InputWrapper-error')).toBeVisible();
  await text.fill('target: [price\n');
  await expect(app.getByText('The form shows the recipe again')).toBeVisible();
  await text.fill('target: price\nfamily: linear\n');
  await expect(problems).toHaveCount(0);
  await expect(app.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
});

test('form and text are one recipe, both ways', async ({ app }) => {
  await importSample(app);
  await visit(app, '/train');
  const text = app.getByLabel('Recipe as YAML');
  await text.fill('# spring sale\ntarget: price\nfamily: network\nparams:\n  epochs: 7\n');
  await expect(app.getByRole('textbox', { name: 'Epochs', exact: true })).toHaveValue('7');
  await app.getByRole('textbox', { name: 'Hidden layers' }).fill('16, 8');
  await expect(text).toHaveText(/^# spring sale[^]*- 16\s+- 8/, { useInnerText: true });
  await app.getByRole('button', { name: 'reset Epochs', exact: true }).click();
  await expect(text).not.toContainText('epochs');
  await app.getByText('all except', { exact: true }).click();
  await app.getByRole('combobox', { name: 'Columns to leave out' }).click();
  await app.getByRole('option', { name: 'zip', exact: true }).click();
  await expect(text).toHaveText(/exclude:\s+- zip/, { useInnerText: true });
});

test('a folder that is no workspace and one that is not empty are refused with the reason', async ({
  page,
  holdfast,
}) => {
  const full = join(holdfast.folder, 'full');
  await mkdir(full, { recursive: true });
  await writeFile(join(full, 'letter.txt'), 'dear');
  await page.goto(holdfast.address);
  await page.getByRole('button', { name: 'Open a workspace' }).click();
  await page.getByLabel('Folder').fill(full);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('There is no workspace at');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New workspace' }).click();
  await page.getByLabel('Folder').fill(full);
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('alert')).toContainText('letter.txt');
});

test('an address that was used up says how to get a new one', async ({ page, holdfast, context }) => {
  await page.goto(holdfast.address);
  await expect(page.getByRole('heading', { name: 'Holdfast' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'New workspace' })).toBeVisible();
  const other = await context.newPage();
  await other.goto(holdfast.address);
  await expect(other.getByRole('alert')).toContainText('This page is not connected to Holdfast');
});

test('a run that is cancelled leaves no model and says so', async ({ app, holdfast }) => {
  const rows = Array.from(
    { length: 20_000 },
    (_, i) => `${(i * 37) % 101},${(i * 53) % 97},${(i * 71) % 89}`,
  );
  const path = join(holdfast.folder, 'noise.csv');
  await writeFile(path, `a,b,y\n${rows.join('\n')}\n`);
  await visit(app, '/data/import');
  await app.getByRole('textbox', { name: 'File' }).fill(path);
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  await app.getByRole('grid', { name: 'Rows of noise@1' }).waitFor();
  await visit(app, '/train');
  await app
    .getByLabel('Recipe as YAML')
    .fill('target: y\nfamily: network\nparams:\n  epochs: 1000\n  patience: 1000\n  batch_size: 32\n');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  const running = app.getByRole('region', { name: 'Running' });
  await expect(running.getByRole('figure', { name: 'Does it still learn?' })).toBeVisible({
    timeout: 60_000,
  });
  await running.getByRole('button', { name: 'Cancel' }).click();
  await expect(running).toContainText('was cancelled');
  await visit(app, '/runs');
  await expect(app.getByRole('table', { name: 'Runs' })).toContainText('cancelled');
});
