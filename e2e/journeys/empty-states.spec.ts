import { expect, test, visit } from './holdfast.ts';

const pages = [
  { path: '/data', says: 'Your datasets will be listed here', leads: 'Import a file', to: /#\/data\/import/ },
  { path: '/train', says: 'Models are trained here', leads: 'Import a file', to: /#\/data\/import/ },
  { path: '/runs', says: 'Every training run will be listed here', leads: 'Train a model', to: /#\/train/ },
  { path: '/models', says: 'Models that are worth keeping', leads: 'Choose a run to add', to: /#\/runs/ },
] as const;

for (const { path, says, leads, to } of pages) {
  test(`${path} says what will be here and leads on`, async ({ app }) => {
    await visit(app, path);
    await expect(app.getByText(says)).toBeVisible();
    await app.locator('.empty-state').getByRole('button', { name: leads }).click();
    await expect(app).toHaveURL(to);
  });
}

test('lineage and activity lead to an import', async ({ app }) => {
  for (const path of ['/lineage', '/activity']) {
    await visit(app, path);
    await app.locator('.empty-state').getByRole('link', { name: 'Import a file' }).click();
    await expect(app).toHaveURL(/#\/data\/import/);
  }
});

test('a page that does not exist leads back', async ({ app }) => {
  await visit(app, '/nowhere');
  await expect(app.getByText('There is no page at')).toBeVisible();
  await app.getByRole('link', { name: 'Go to the start page' }).click();
  await expect(app.getByRole('heading', { name: 'Recent workspaces' })).toBeVisible();
});
