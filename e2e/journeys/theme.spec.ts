import { expect, test, visit } from './holdfast.ts';

const background = () => getComputedStyle(document.body).backgroundColor;

test.describe('a system that is dark', () => {
  test.use({ colorScheme: 'dark' });

  test('is followed, until the person says otherwise, and that is kept', async ({ app }) => {
    await visit(app, '/data');
    expect(await app.evaluate(background)).toBe('rgb(21, 24, 27)');
    await app.getByRole('button', { name: 'Use the light theme' }).click();
    await expect.poll(() => app.evaluate(background)).toBe('rgb(255, 255, 255)');
    await app.reload();
    await expect(app.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible();
    expect(await app.evaluate(background)).toBe('rgb(255, 255, 255)');
  });
});
