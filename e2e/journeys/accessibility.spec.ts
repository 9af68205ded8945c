import { AxeBuilder } from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { makeExamples, onEveryPage, placesOf } from './every-page.ts';
import { expect, test, visit } from './holdfast.ts';

async function violationsOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, impact, nodes }) =>
      `${id} (${impact}): ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** Pages of one route that look different. */
const more = [
  '/data/houses/profile',
  '/data/houses/relations',
  '/learn?q=curve',
  '/learn/roc-curve',
  '/learn/log_loss',
];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`${scheme} theme`, () => {
    test.use({ colorScheme: scheme, reducedMotion: 'reduce' });

    test('axe finds nothing on any page', async ({ app, holdfast }) => {
      test.setTimeout(600_000);
      const examples = await makeExamples(app);
      const faults: string[] = [];
      const look = async (where: string) => {
        for (const fault of await violationsOn(app)) faults.push(`${where}: ${fault}`);
      };
      await onEveryPage(app, [...placesOf(examples), ...more], look);
      const file = join(holdfast.folder, 'few.csv');
      await writeFile(file, 'a,b\n1,x\n2,y\n');
      await visit(app, '/data/import');
      await app.getByRole('textbox', { name: 'File' }).fill(file);
      await expect(app.getByRole('table', { name: 'First rows of the file' })).toBeVisible();
      await look('a file before its import');
      await app.keyboard.press('Control+K');
      await expect(app.getByRole('dialog').getByRole('textbox')).toBeFocused();
      await look('the palette');
      await app.keyboard.press('Escape');
      await app.locator('main').focus();
      await app.keyboard.press('?');
      await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await look('the sheet of shortcuts');
      await app.keyboard.press('Escape');
      await app.getByRole('button', { name: /^Activity/ }).click();
      await expect(app.getByRole('region', { name: 'Notices' })).toBeVisible();
      await look('the activity tray');
      expect(faults).toEqual([]);
    });
  });
}
