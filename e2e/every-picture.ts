import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { buildWhenStale } from '../main/hosts/page-build.ts';
import { chromium as system } from './journeys/chromium.ts';
import { makeExamples, onEveryPage, placesOf } from './journeys/every-page.ts';
import { makeWorkspace } from './journeys/holdfast.ts';
import { startHoldfast } from './journeys/start-holdfast.ts';

/**
 * `node e2e/every-picture.ts FOLDER`: every page, and every tab within a page, filled with examples, at 1280x800 in the light and
 * the dark theme, as `PAGE-light.png` and `PAGE-dark.png`, to be looked at. Needs Chromium (`CHROMIUM=/path/to/it`).
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('say where: node e2e/every-picture.ts FOLDER');
await mkdir(folder, { recursive: true });
if (!(await buildWhenStale(console.log))) throw new Error('the page could not be built');
const holdfast = await startHoldfast();
const browser = await chromium.launch(system());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await page.goto(holdfast.address);
  await makeWorkspace(page, join(holdfast.folder, 'workspace'));
  const examples = await makeExamples(page);
  // Ids are other ones each time: in the names of the files they are called what they are.
  const byId = Object.entries(examples).filter(([, id]) => /^(?:run|job)_|^[0-9a-f]{20,}$/.test(id));
  await onEveryPage(page, placesOf(examples), async (place) => {
    const named = byId.reduce((path, [name, id]) => path.replaceAll(id, name), place.slice(1));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // What is drawn after the data came: charts, the last layout.
      await page.waitForTimeout(700);
      const name = `${named.replaceAll(/[^a-z0-9@-]+/gi, '-') || 'start'}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, name), animations: 'disabled' });
    }
    console.log(named);
  });
} finally {
  await browser.close();
  await holdfast.stop();
}
