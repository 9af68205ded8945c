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
const more = ['/learn?q=curve', '/learn/roc-curve', '/learn/log_loss'];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`${scheme} theme`, () => {
    test.use({ colorScheme: scheme, reducedMotion: 'reduce' });

    test('axe finds nothing on any page', async ({ app, holdfast }) => {
      test.setTimeout(600_000);
      const examples = await makeExamples(app);
    test('no page has a serious fault', async ({ app, holdfast }) => {
      test.setTimeout(400_000);
      await importSample(app);
      await train(app, 'target: price\nfamily: linear\n');
      const run = /run_\w+/.exec(app.url())?.[0] ?? '';
      await app.getByRole('button', { name: 'Add to registry' }).click();
      await app.getByRole('button', { name: 'Add houses version 1' }).click();
      await expect(app.getByRole('heading', { name: 'houses version 1' })).toBeVisible();
      await train(app, 'target: type\nfamily: linear\nexclude: [zip]\n');
      const classes = /run_\w+/.exec(app.url())?.[0] ?? '';
      const file = join(holdfast.folder, 'few.csv');
      await writeFile(file, 'a,b\n1,x\n2,y\n');
      const places = [
        '/',
        '/data',
        '/data/houses',
        '/data/houses/summary',
        '/data/houses/history',
        '/train',
        '/runs',
        `/runs/${run}`,
        `/runs/${classes}`,
        `/runs/${run}/report`,
        `/runs/${run}/recipe`,
        `/runs/compare/${run}/${classes}`,
        '/models',
        '/models/houses@1',
        '/models/houses@1/file',
        '/models/houses@1/send',
        '/models/houses@1/history',
        '/models/pull',
        '/lineage',
        `/lineage/${run}`,
        '/lineage/audit/houses@1',
        '/activity',
        '/machine',
        '/machine/workspace',
        '/machine/journal',
      ];
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
