import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { buildWhenStale } from '../../main/hosts/page-build.ts';
import { chromium as system } from '../journeys/chromium.ts';
import { inPlace, median, processRow, project, tell, type Measured, type Place } from './measure.ts';

/**
 * `node e2e/bench/start.bench.ts`: how long until one can do something. `holdfast --help` and `datasets list` as whole processes; the app
 * in the browser from starting its process to a page whose buttons work, with Chromium running already and with Chromium's
 * own start. Medians of seven, after one start that fills the caches. Needs GNU time and Chromium (`CHROMIUM=/path/to/it`).
 */
const goal = 2;
const rounds = 7;
await inPlace(async (place) => {
  const workspace = join(place.folder, 'workspace');
  place.holdfast('workspaces', 'create', workspace);
  const sample = join(project, 'resources', 'samples', 'sacramento.csv');
  place.holdfast('--workspace', workspace, 'datasets', 'import', sample);
  const commands = {
    'holdfast --help': ['--help'],
    'holdfast datasets list': ['--workspace', workspace, 'datasets', 'list'],
  };
  for (const [what, args] of Object.entries(commands)) {
    const runs: Measured[] = [];
    for (let i = 0; i < rounds; i++) runs.push(place.holdfast(...args));
    console.table([processRow(what, runs, null)]);
    tellAlone(
      what,
      runs.map(({ seconds }) => seconds),
      null,
    );
  }
  await startPages(place, workspace);
});

async function startPages({ folder }: Place, workspace: string): Promise<void> {
  if (!canLaunch()) {
    tell({ what: 'app to usable page', holdfast: null, peer: 'no Chromium here', other: null, goal });
    return;
  }
  const warm: number[] = [];
  const cold: number[] = [];
  const running = await launch();
  for (let i = 0; i <= rounds; i++) {
    // Whoever edits a source meanwhile does not make this a benchmark of the build.
    await buildWhenStale(() => undefined);
    const seconds = await openApp(folder, workspace, running);
    if (i > 0) warm.push(seconds);
  }
  await running.close();
  for (let i = 0; i < rounds; i++) cold.push(await openApp(folder, workspace));
  console.log(`app to usable page: ${shown(warm)} s; with the browser's own start: ${shown(cold)} s`);
  tellAlone('app to usable page, Chromium running', warm, goal);
  tellAlone("app to usable page, with Chromium's start", cold, goal);
}

/** Seconds from starting the host's process to the page that was left, with its buttons and the open workspace's own facts. */
async function openApp(folder: string, workspace: string, running?: Browser): Promise<number> {
  const start = performance.now();
  const host = spawn(
    process.execPath,
    ['main/hosts/cli/holdfast.cjs', 'start', '--no-open', '--workspace', workspace],
    {
      cwd: project,
      env: { ...process.env, HOLDFAST_HOME: join(folder, 'home') },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const address = await addressOf(host);
  const browser = running ?? (await launch());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.getByText(/^journal \d+ records$/).waitFor();
  const seconds = (performance.now() - start) / 1000;
  await page.getByRole('link', { name: 'Data' }).first().click();
  await page.getByText('sacramento').first().waitFor();
  await context.close();
  if (!running) await browser.close();
  const ended = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await ended;
  return seconds;
}

type Browser = Awaited<ReturnType<typeof launch>>;

function launch() {
  return chromium.launch(system());
}

/** Says so where there is no Chromium. */
function canLaunch(): boolean {
  try {
    system();
    return true;
  } catch (error) {
    console.log(`NOT MEASURED: the page. ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    host.stdout?.on('data', (data: Uint8Array) => {
      said += Buffer.from(data).toString();
      const address = /http:\/\/\S+#token=\S+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    host.once('exit', (code) => reject(new Error(`the app ended with ${code}:\n${said}`)));
  });
}

function shown(times: readonly number[]): string {
  return times.map((time) => time.toFixed(2)).join(' ');
}

function tellAlone(what: string, times: readonly number[], most: number | null): void {
  tell({ what, holdfast: median(times), peer: '', other: null, goal: most });
}
