import { DuckDBInstance } from '@duckdb/node-api';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { buildWhenStale } from '../../main/hosts/page-build.ts';
import { chromium as system } from '../journeys/chromium.ts';
import { startHoldfast } from '../journeys/start-holdfast.ts';
import { inPlace, tell, type Place } from './measure.ts';

/**
 * `node e2e/bench/table.bench.ts`: the table of a snapshot of a million rows and 200 columns (`HOLDFAST_BENCH_ROWS`,
 * `HOLDFAST_BENCH_COLUMNS`) in Chromium. How long frames take while it is scrolled down, across, and down once sorted; and
 * how long a sort, a condition and a search take on the command line. Needs Chromium (`CHROMIUM=/path/to/it`).
 */
const rows = Number(process.env['HOLDFAST_BENCH_ROWS'] ?? 1_000_000);
const columns = Number(process.env['HOLDFAST_BENCH_COLUMNS'] ?? 200);
/** Most seconds a frame may take, nearly all of the time. */
const goal = 1 / 60;
const scrolledFor = 4000;

await inPlace(async (place) => {
  const workspace = join(place.folder, 'workspace');
  await makeTable(place, workspace);
  measureViews(place, workspace);
  if (await buildWhenStale(console.log)) await measureFrames(workspace);
});

/** Texts, whole numbers, decimals with gaps, days and truths in turn. */
async function makeTable(place: Place, workspace: string): Promise<void> {
  const kinds = [
    `'text ' || ((i * 7919 + 3) % 5003)`,
    `(i * 7919) % 1000003`,
    `CASE WHEN i % 11 = 0 THEN NULL ELSE ((i * 104729) % 1000) / 8.0 END`,
    `DATE '2020-01-01' + CAST((i * 31) % 2000 AS INTEGER)`,
    `(i * 31) % 3 = 0`,
  ];
  const chosen = Array.from(
    { length: columns },
    (_, c) => `${kinds[c % kinds.length] ?? ''} AS column_${c + 1}`,
  );
  const file = join(place.folder, 'wide.parquet');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const db = await instance.connect();
  await db.run(`COPY (SELECT ${chosen.join(', ')} FROM range(${rows}) t(i)) TO '${file}' (FORMAT parquet)`);
  db.closeSync();
  place.holdfast('workspaces', 'create', workspace);
  place.holdfast('--workspace', workspace, 'datasets', 'import', file, '--name', 'wide');
}

/** Each as a whole process: starting Node, the order, and the window printed. */
function measureViews(place: Place, workspace: string): void {
  const views = {
    'no view': [],
    'sort by a number': ['--sort', 'column_2:desc'],
    'sort by two columns': ['--sort', 'column_1', '--sort', 'column_3:desc'],
    condition: ['--where', 'column_2 >= 500000 and column_4 < 2022-01-01'],
    'search in all columns': ['--search', 'text 4999'],
  };
  for (const [what, args] of Object.entries(views)) {
    const { seconds, megabytes } = place.holdfast(
      '--workspace',
      workspace,
      'datasets',
      'preview',
      'wide',
      '--columns',
      'column_2',
      ...args,
    );
    console.log(`${what}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
    tell({ what: `table, ${what}, ${size()}`, holdfast: seconds, peer: '', other: null, goal: null });
  }
}

async function measureFrames(workspace: string): Promise<void> {
  const holdfast = await startHoldfast(['--workspace', workspace]);
  const browser = await chromium.launch(system());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(holdfast.address);
    await page.getByRole('link', { name: 'Data' }).first().waitFor();
    await visit(page, '/data/wide');
    await page.locator('.data-grid__cell').first().waitFor({ timeout: 600_000 });
    report('standing still, for comparison', await frames(page, 0, 0));
    report('scrolling down', await frames(page, 0, 30));
    report('scrolling down fast', await frames(page, 0, 900));
    report('scrolling across', await frames(page, 12, 0));
    await visit(page, '/data/wide?sort=column_2%3Adesc');
    await page.locator('.data-grid__frame').evaluate((frame) => frame.scrollTo(0, 0));
    await page
      .locator('.data-grid__frame:not([data-old]) [aria-sort="descending"]')
      .waitFor({ timeout: 120_000 });
    report('scrolling down, sorted', await frames(page, 0, 30));
  } finally {
    await browser.close();
    await holdfast.stop();
  }
}

async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, path);
}

/** Times between frames, in milliseconds, while the table is moved by so many pixels a frame. */
function frames(page: Page, x: number, y: number): Promise<number[]> {
  return page.evaluate(
    ([dx = 0, dy = 0, duration = 0]) =>
      new Promise<number[]>((resolve) => {
        const frame = document.querySelector('.data-grid__frame');
        if (!frame) throw new Error('no table here');
        frame.scrollTo(0, 0);
        const times: number[] = [];
        const start = performance.now();
        let last = start;
        const step = (now: number): void => {
          times.push(now - last);
          last = now;
          frame.scrollBy(dx, dy);
          if (now - start < duration) requestAnimationFrame(step);
          else resolve(times.slice(2));
        };
        requestAnimationFrame(step);
      }),
    [x, y, scrolledFor],
  );
}

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const late = times.filter((time) => time > 25).length / times.length;
  console.log(
    `${what}: ${times.length} frames, median ${at(0.5).toFixed(1)} ms, 95 % within ${at(0.95).toFixed(1)} ms, longest ${at(1).toFixed(1)} ms, ${(100 * late).toFixed(1)} % late`,
  );
  tell({
    what: `table, ${what}, ${size()}`,
    holdfast: at(0.5) / 1000,
    peer: '',
    other: null,
    goal: goal * 1.05,
  });
}

function size(): string {
  return `${rows.toLocaleString('en')} x ${columns}`;
}
