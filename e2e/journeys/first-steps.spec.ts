import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, importSample, test, visit } from './holdfast.ts';

test('from nothing to a first model: a sample, its recipe ready on Train, and a list that follows', async ({
  page,
  holdfast,
}) => {
  await page.goto(holdfast.address);
  await expect(page.getByText('0 of 6 done')).toBeVisible();
  await page.getByRole('button', { name: 'Open House prices in Sacramento' }).click();
  await page.getByRole('grid', { name: /^Rows of / }).waitFor();
  await visit(page, '/train');
  await expect(page.getByLabel('Recipe as YAML')).toContainText('target: price');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('group', { name: 'Headline metrics on test rows' }).waitFor({ timeout: 60_000 });
  await visit(page, '/');
  const steps = page.getByRole('region', { name: 'First steps' });
  await expect(steps.getByText('3 of 6 done')).toBeVisible();
  await expect(steps.locator('li[data-next]')).toContainText('Compare two runs');
  await steps.getByRole('link', { name: 'Give it a name' }).click();
  await page.getByRole('button', { name: 'Add to registry' }).click();
  await page.getByRole('button', { name: 'Add houses version 1' }).click();
  await expect(page.getByRole('heading', { name: 'houses version 1' })).toBeVisible();
  await page.getByTitle('what is model version?').click();
  const card = page.getByRole('dialog');
  await expect(card.getByRole('heading', { name: 'Model version and stage' })).toBeVisible();
  await expect(card.getByText('never changes')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await visit(page, '/');
  await expect(steps.getByText('4 of 6 done')).toBeVisible();
  await steps.getByRole('button', { name: 'Hide' }).click();
  await expect(steps).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show the first steps' })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Show the first steps' }).click();
  await expect(steps.getByText('4 of 6 done')).toBeVisible();
});

test('a workspace can be pinned and taken off the list, and one that is gone says so', async ({
  page,
  holdfast,
}) => {
  await page.goto(holdfast.address);
  for (const sample of ['House prices in Sacramento', 'Train riders in Chicago']) {
    await page.getByRole('button', { name: `Open ${sample}` }).click();
    await page.getByRole('grid', { name: /^Rows of / }).waitFor();
    await visit(page, '/');
  }
  const list = page.locator('.recent-list');
  await expect(list.getByRole('listitem').first()).toContainText('Train riders in Chicago');
  await page.getByRole('button', { name: 'Pin House prices in Sacramento' }).click();
  await expect(list.getByRole('listitem').first()).toContainText('House prices in Sacramento');
  await page.getByRole('button', { name: 'Take Train riders in Chicago off this list' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await rm(join(holdfast.folder, 'home', 'documents', 'houses'), { recursive: true });
  await page.reload();
  await expect(list.getByText('not found')).toBeVisible();
  await expect(list.getByRole('button', { name: /^House prices in Sacramento/ })).toBeDisabled();
});

test('the manual is searched, read, and its words explain each other', async ({ page, holdfast }) => {
  await page.goto(holdfast.address);
  await page.getByRole('button', { name: 'Learn' }).click();
  await page.getByRole('searchbox', { name: 'Search the manual' }).fill('calibr');
  await expect(page.getByRole('status')).toContainText('pages');
  await expect(page.locator('mark').first()).toContainText(/calibr/i);
  await page.getByRole('link', { name: /^Calibration curve/ }).click();
  await expect(page.getByRole('heading', { name: 'Calibration curve', level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: /Observed shares/ })).toBeVisible();
  await page.getByRole('link', { name: 'Brier score' }).first().click();
  await expect(page.getByRole('heading', { name: 'Brier score', level: 1 })).toBeVisible();
  await expect(page.getByText('Holdfast computes 0.2.')).toBeVisible();
  await visit(page, '/learn/bundles');
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Files' }).click();
  await expect(page.getByRole('heading', { name: 'Files', level: 2 })).toBeInViewport();
  await page.getByRole('link', { name: 'hashes' }).click();
  await expect(page.getByRole('heading', { name: 'How a snapshot gets its id', level: 1 })).toBeVisible();
  await visit(page, '/learn/nothing-of-that-kind');
  await expect(page.getByRole('alert')).toContainText('no help page');
  await visit(page, '/learn');
  await page.getByRole('link', { name: 'Licences' }).click();
  await page.getByRole('searchbox', { name: 'Filter by name or licence' }).fill('mantine');
  await page.getByRole('button', { name: /^@mantine\/core / }).click();
  await expect(page.getByRole('region', { name: '@mantine/core' })).toContainText(
    'Permission is hereby granted',
  );
});

test('opening another workspace asks first while something runs here', async ({ app, holdfast }) => {
  await importSample(app);
  await visit(app, '/train');
  await app
    .getByLabel('Recipe as YAML')
    .fill('target: price\nfamily: network\nparams: { epochs: 5000, patience: 5000, batch_size: 1 }\n');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('progressbar').first()).toBeVisible();
  await visit(app, '/');
  await app.getByRole('button', { name: 'New workspace' }).click();
  await app.getByLabel('Folder').fill(join(holdfast.folder, 'other'));
  await app.getByRole('button', { name: 'Make it' }).click();
  await app.getByRole('button', { name: 'Keep working' }).click();
  await expect(app.getByLabel('Folder')).toBeVisible();
  await app.getByRole('button', { name: 'Make it' }).click();
  await app.getByRole('button', { name: 'Stop it and leave' }).click();
  await expect(app.getByRole('button', { name: 'other: Workspace' })).toBeVisible();
});
