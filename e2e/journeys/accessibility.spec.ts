import { AxeBuilder } from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, importSample, test, train, visit } from './holdfast.ts';

async function seriousViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`${scheme} theme`, () => {
    test.use({ colorScheme: scheme, reducedMotion: 'reduce' });

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
        '/learn',
        '/learn?q=curve',
        '/learn/roc-curve',
        '/learn/log_loss',
        '/learn/recipes',
        '/licences',
        '/activity',
        '/machine',
        '/machine/workspace',
        '/machine/journal',
      ];
      const faults: string[] = [];
      const look = async (where: string) => {
        await expect(app.locator('[aria-busy=true]')).toHaveCount(0);
        await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
        for (const fault of await seriousViolations(app)) faults.push(`${where}: ${fault}`);
      };
      for (const place of places) {
        await visit(app, place);
        await app.waitForTimeout(500);
        await look(place);
      }
      await visit(app, '/data/import');
      await app.getByRole('textbox', { name: 'File' }).fill(file);
      await expect(app.getByRole('table', { name: 'First rows of the file' })).toBeVisible();
      await look('/data/import');
      await app.keyboard.press('Control+K');
      await app.waitForTimeout(300);
      for (const fault of await seriousViolations(app)) faults.push(`palette: ${fault}`);
      expect(faults).toEqual([]);
    });
  });
}
