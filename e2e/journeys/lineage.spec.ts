import { readFile } from 'node:fs/promises';
import { expect, importSample, test, train, visit } from './holdfast.ts';

test('the lineage is walked: why, as it was, as a tree, and on an audit page', async ({ app }) => {
  test.setTimeout(120_000);
  await importSample(app);
  await train(app, 'target: price\nfamily: linear\n');
  await app.getByRole('button', { name: 'Add to registry' }).click();
  await app.getByRole('combobox', { name: 'Model name' }).fill('prices');
  await app.getByRole('button', { name: 'Add prices version 1' }).click();
  await expect(app.getByRole('heading', { name: 'prices version 1' })).toBeVisible();

  await test.step('a sentence for every link', async () => {
    await visit(app, '/lineage');
    await app.locator('.lineage-card', { hasText: 'sacramento.csv' }).click();
    await app.getByRole('button', { name: 'Why from here to …' }).click();
    await app.locator('.lineage-card', { hasText: 'prices@1' }).click();
    const why = app.getByRole('region', { name: 'Why' });
    await expect(why).toContainText('file sacramento.csv led to model prices@1');
    await expect(why.getByRole('listitem')).toHaveCount(3);
    await expect(why.getByRole('listitem').nth(1)).toContainText(
      'was trained on the rows of snapshot houses@1',
    );
    await expect(app.locator('.lineage-edge.is-step')).toHaveCount(3);
    expect(app.url()).toContain('from=source');
    await why.getByRole('button', { name: 'End' }).click();
    await expect(why).toHaveCount(0);
  });

  await test.step('as it was before the model', async () => {
    await app.getByRole('slider', { name: 'As it was' }).focus();
    await app.keyboard.press('Home');
    await expect(app.locator('.lineage-card', { hasText: 'prices@1' })).toHaveCount(0);
    await expect(app.locator('.lineage-card', { hasText: 'houses@1' })).toBeVisible();
    await app.getByRole('button', { name: 'Back to now' }).click();
    await expect(app.locator('.lineage-card', { hasText: 'prices@1' })).toBeVisible();
  });

  await test.step('the same as a tree, by keyboard', async () => {
    await app.getByText('outline', { exact: true }).click();
    const tree = app.getByRole('tree', { name: 'Lineage outline' });
    const first = tree.getByRole('treeitem').first();
    await first.focus();
    await app.keyboard.press('ArrowDown');
    await expect(tree.getByRole('treeitem', { name: /houses@1/ })).toBeFocused();
    await app.keyboard.press('ArrowLeft');
    await expect(tree.getByRole('treeitem', { name: /houses@1/ })).toHaveAttribute('aria-expanded', 'false');
    await app.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { name: /prices@1/ }).press('Enter');
    await expect(app.getByRole('complementary', { name: 'model prices@1' })).toBeVisible();
  });

  await test.step('the audit page, saved as one file', async () => {
    await app.getByRole('button', { name: 'Audit page' }).click();
    await expect(app.getByRole('heading', { name: 'Audit of prices version 1' })).toBeVisible();
    for (const part of ['Which rows', 'Which steps', 'Which code and engine', 'Journal records'])
      await expect(app.getByRole('heading', { name: part })).toBeVisible();
    await expect(app.getByText('NOT SOUND')).toHaveCount(0);
    const saved = app.waitForEvent('download');
    await app.getByRole('button', { name: 'Save as HTML' }).click();
    const page = await readFile(await (await saved).path(), 'utf8');
    expect(page).toContain('<h1>prices version 1</h1>');
    await app.emulateMedia({ media: 'print' });
    await expect(app.getByRole('navigation', { name: 'Pages' })).toBeHidden();
    await expect(app.getByRole('button', { name: 'Print' })).toBeHidden();
  });
});
