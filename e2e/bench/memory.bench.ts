import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from 'playwright';
import { buildWhenStale } from '../../main/hosts/page-build.ts';
import { chromium as system } from '../journeys/chromium.ts';
import { importSample, makeWorkspace, visit } from '../journeys/holdfast.ts';
import { startHoldfast } from '../journeys/start-holdfast.ts';
import { tell } from './measure.ts';

/**
 * `node e2e/bench/memory.bench.ts [LOOPS]` (default 60): goes round the app again and again as a person would in a day (table scrolled,
 * profile, run with its charts, model, lineage, palette, train page) and tells the page's heap after a collection, at the start
 * and as it goes on. It may not end above 300 MB, and a leak shows as a line that keeps rising. Needs Chromium.
 */
const goal = 300;
const loops = Number(process.argv[2] ?? process.env['HOLDFAST_BENCH_LOOPS'] ?? 60);

if (!(await buildWhenStale(console.log))) throw new Error('the page could not be built');
const holdfast = await startHoldfast();
const browser = await chromium.launch(system());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(holdfast.address);
  await makeWorkspace(page, join(holdfast.folder, 'workspace'));
  await importSample(page);
  await visit(page, '/train');
  await page.getByLabel('Recipe as YAML').fill('target: price\nfamily: linear\n');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForURL(/runs\/run_/, { timeout: 120_000 });
  const run = /run_\w+/.exec(page.url())?.[0] ?? '';
  const heaps: number[] = [];
  for (let loop = 1; loop <= loops; loop++) {
    await goRound(page, run);
    if (loop === 1 || loop === loops || loop % 10 === 0) {
      const { heap, nodes } = await weigh(devtools);
      heaps.push(heap);
      console.log(`after ${loop} rounds: heap ${heap.toFixed(1)} MB, ${nodes} nodes`);
    }
  }
  const last = heaps.at(-1) ?? Number.NaN;
  console.log(`grown by ${(last - (heaps[0] ?? last)).toFixed(1)} MB in ${loops} rounds`);
  tell({
    what: `heap of the page after ${loops} rounds`,
    holdfast: last,
    peer: '',
    other: null,
    goal,
    unit: 'MB',
  });
  if (last > goal) process.exitCode = 1;
} finally {
  await browser.close();
  await holdfast.stop();
}

async function goRound(page: Page, run: string): Promise<void> {
  await visit(page, '/data/houses');
  await page.getByRole('grid', { name: /^Rows of / }).waitFor();
  await page.getByRole('grid', { name: /^Rows of / }).hover();
  await page.mouse.wheel(0, 6000);
  for (const place of ['/data/houses/profile', '/data/houses/history', '/runs', '/models', '/activity']) {
    await visit(page, place);
    await settle(page);
  }
  await visit(page, `/runs/${run}`);
  await page.locator('.main-svg, .scatterlayer').first().waitFor({ state: 'attached' });
  await visit(page, `/lineage/${run}`);
  await page.locator('.lineage-card').first().waitFor();
  await visit(page, '/train');
  await settle(page);
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('textbox').fill('houses');
  await page.keyboard.press('Escape');
}

/** Heap in use in MB after a collection, and the nodes of the document. */
async function weigh(devtools: CDPSession): Promise<{ heap: number; nodes: number }> {
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes') };
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
}
