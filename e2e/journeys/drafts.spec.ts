import { join } from 'node:path';
import { expect, importSample, test, visit } from './holdfast.ts';

test('a recipe that is being written outlives any end, and is offered once after a crash', async ({
  app,
  holdfast,
}) => {
  test.setTimeout(240_000);
  const open = ['--workspace', join(holdfast.folder, 'workspace')];
  const offer = app.getByText('Holdfast ended unexpectedly');
  const text = app.getByLabel('Recipe as YAML');
  await importSample(app);
  await visit(app, '/train');
  await text.fill('# what I think\ntarget: price\nfamily: linear\n');

  await test.step('the page is loaded again: it is there, and nothing is asked', async () => {
    await app.reload();
    await expect(text).toContainText('what I think');
    await expect(offer).toHaveCount(0);
  });

  await test.step('Holdfast is killed: it is there, and offered', async () => {
    const kept = app.waitForResponse((response) => response.url().endsWith('/api/system.keep'));
    await text.fill('# killed here\ntarget: price\n');
    await kept;
    await app.goto(await holdfast.restart('SIGKILL', open));
    await expect(app).toHaveURL(/#\/train$/);
    await expect(text).toContainText('killed here');
    await expect(offer).toBeVisible();
    await app.getByRole('button', { name: 'Keep it' }).click();
    await expect(offer).toHaveCount(0);
    await visit(app, '/data');
    await visit(app, '/train');
    await expect(text).toContainText('killed here');
    await expect(offer).toHaveCount(0);
  });

  await test.step('Holdfast is ended in order: it is there, and nothing is asked', async () => {
    await app.goto(await holdfast.restart('SIGTERM', open));
    await expect(text).toContainText('killed here');
    await expect(offer).toHaveCount(0);
  });
});
