import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { buildWhenStale } from '../../main/hosts/page-build.ts';
import { chromium as system } from '../journeys/chromium.ts';
import { importSample, makeWorkspace } from '../journeys/holdfast.ts';
import { startHoldfast } from '../journeys/start-holdfast.ts';
import { median, tell } from './measure.ts';

/**
 * `node e2e/bench/pages.bench.ts`: from the press on a page's link to that page drawn with what it shows (its heading, and nothing
 * that is still waited for), measured inside the page frame by frame. Medians over rounds, after one that loads the code of
 * each page. Needs Chromium (`CHROMIUM=/path/to/it`).
 */
const goal = 0.1;
const rounds = Number(process.env['HOLDFAST_BENCH_ROUNDS'] ?? 9);
const places = ['/data', '/runs', '/models', '/lineage', '/activity', '/machine', '/settings', '/train'];

if (!(await buildWhenStale(console.log))) throw new Error('the page could not be built');
const holdfast = await startHoldfast();
const browser = await chromium.launch(system());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(holdfast.address);
  await makeWorkspace(page, join(holdfast.folder, 'workspace'));
  await importSample(page);
  const times = new Map<string, number[]>(places.map((place) => [place, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const place of places) {
      const seconds = await switchTo(page, place);
      if (round > 0) times.get(place)?.push(seconds);
    }
  }
  for (const [place, seconds] of times) {
    const middle = median(seconds);
    console.log(
      `${place}: ${(middle * 1000).toFixed(0)} ms (${seconds.map((s) => (s * 1000).toFixed(0)).join(' ')})`,
    );
    tell({ what: `switch to ${place}`, holdfast: middle, peer: '', other: null, goal });
  }
} finally {
  await browser.close();
  await holdfast.stop();
}

/** Seconds from the click to the first frame in which the page is whole. */
function switchTo(page: Page, place: string): Promise<number> {
  return page.evaluate(async (to) => {
    const link = document.querySelector<HTMLAnchorElement>(`.side-list a[href="#${to}"]`);
    if (!link) throw new Error(`no link to ${to} on the left`);
    const before = document.querySelector('h1');
    const start = performance.now();
    link.click();
    const isThere = () => {
      const head = document.querySelector('h1');
      return head && head !== before && !document.querySelector('main [aria-busy=true]');
    };
    while (!isThere() && performance.now() - start < 10_000) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return (performance.now() - start) / 1000;
  }, place);
}
