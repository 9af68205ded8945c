import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createApp } from '../../app/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { loginName } from '../actor.ts';
import { onInterrupt } from '../interrupts.ts';
import { buildWhenStale, pageFolder } from '../page-build.ts';
import { openPage } from './open-page.ts';
import { createWebHost } from './server.ts';
import { LAUNCH_SECONDS } from './sessions.ts';

export interface StartOptions {
  readonly workspace?: string | undefined;
  readonly port?: number | undefined;
  /** False prints the address only. */
  readonly open: boolean;
  /** False shows the page as it was built last. */
  readonly build: boolean;
}

/** Starts the application with its page on this computer's own address; resolves when it has ended. */
export async function startWeb(options: StartOptions): Promise<void> {
  if (options.build) await buildWhenStale(say);
  const actor = loginName();
  const app = await createApp({
    host: 'the Holdfast page',
    ahead: true,
    ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
  });
  const web = await createWebHost({
    app,
    pageFolder,
    actor,
    ...(options.port === undefined ? {} : { port: options.port }),
  }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const stopped = stopAsked(() => app.running().map(({ title }) => title));
  const opened = options.open ? await openPage(web.address()) : undefined;
  if (opened?.how) say(`Holdfast is open ${opened.how}.`);
  say(
    `${opened?.how ? 'If you do not see it, open' : 'Open'} this address within ${LAUNCH_SECONDS} seconds, once:`,
  );
  say(`  ${web.address()}`);
  say('Press Enter here for a new address, Ctrl+C to stop.');

  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => say(`  ${web.address()}`));
  await stopped;
  lines.close();
  say('Closing ...');
  // The page may be gone or not: it did not crash.
  const at = Date.parse(systemClock.now());
  await app.dispatch('system.keep', { key: 'page', value: { at, value: 'ended' } }).catch(() => undefined);
  await web.close();
  await app.close();
  await opened?.close();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The first Ctrl+C warns while jobs run; the second, or a request to terminate, goes ahead. */
function stopAsked(running: () => readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    let warned = false;
    onInterrupt(() => {
      const titles = running();
      if (warned || !titles.length) return resolve();
      warned = true;
      say(
        `Still running: ${titles.join('; ')}. Press Ctrl+C again to stop it and leave; nothing half-done is kept.`,
      );
    });
    process.once('SIGTERM', () => resolve());
    process.once('SIGHUP', () => resolve());
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      workspace: { type: 'string' },
      port: { type: 'string' },
      open: { type: 'boolean', default: true },
      build: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  await startWeb({
    workspace: values.workspace,
    port: values.port === undefined ? undefined : Number(values.port),
    open: values.open,
    build: values.build,
  });
}
