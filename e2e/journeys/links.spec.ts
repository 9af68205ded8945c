import { expect, importSample, test, train, visit, writeRecipe } from './holdfast.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a copied link leads back to where it was copied, and does nothing else', async ({ app }) => {
  await importSample(app);
  await train(app, 'target: price\nfamily: linear\n');
  await app.getByRole('link', { name: 'Recipe', exact: true }).click();
  await app.getByRole('button', { name: 'Copy a link to this page' }).click();
  const link = await app.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^holdfast:\/\/ws_\w+\/runs\/run_\w+\/recipe$/);
  const follow = async (to: string) => {
    await app.keyboard.press('Control+Shift+P');
    await app.getByRole('dialog').getByRole('textbox').fill(to);
    await app.keyboard.press('Enter');
    await expect(app.getByRole('dialog')).toHaveCount(0);
  };

  await visit(app, '/data');
  await follow(link);
  await expect(app).toHaveURL(/\/runs\/run_\w+\/recipe$/);

  await test.step('what would do something is taken out of it', async () => {
    await visit(app, '/train');
    await writeRecipe(app, '# mine\n');
    const run = /run_\w+/.exec(link)?.[0] ?? '';
    await follow(link.replace(/\/runs.*/, `/train?from=${run}&at=x`));
    await expect(app).toHaveURL(/#\/train\?at=x$/);
    await expect(app.getByLabel('Recipe as YAML')).toContainText('# mine');
  });

  await test.step('a link of another workspace, or to no page, says so and stays', async () => {
    await follow('holdfast://ws_elsewhere/runs/run_1');
    await expect(app.getByText('That link leads into another workspace')).toBeVisible();
    await follow(link.replace(/\/runs.*/, '/nothing/here/at/all'));
    await expect(app.getByText('That link leads nowhere')).toBeVisible();
    await expect(app).toHaveURL(/#\/train\?at=x$/);
  });
});

test('a link to a column and one to a figure bring it into view and mark it', async ({ app }) => {
  test.setTimeout(180_000);
  await importSample(app);
  await app.setViewportSize({ width: 1280, height: 420 });
  await visit(app, '/data/houses/profile');
  await app
    .getByRole('row', { name: /^longitude|longitude/ })
    .first()
    .click();
  await app.getByRole('button', { name: 'Copy a link to this column' }).click();
  const column = await app.evaluate(() => navigator.clipboard.readText());
  expect(column).toMatch(/\/data\/houses\/profile\?at=column-longitude$/);
  await train(app, 'target: price\nfamily: linear\n');
  await app
    .getByRole('button', { name: /^save What the model misses/ })
    .first()
    .click();
  await app.getByRole('menuitem', { name: 'Copy a link to this figure' }).click();
  const figure = await app.evaluate(() => navigator.clipboard.readText());
  for (const link of [column, figure]) {
    await visit(app, '/models');
    await app.keyboard.press('Control+K');
    await app.getByRole('dialog').getByRole('textbox').fill(link);
    await app.keyboard.press('Enter');
    await expect(app.locator('[data-found]')).toBeInViewport();
  }
});
