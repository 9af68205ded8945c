import { app, dialog, type BrowserWindow } from 'electron';
import type { Log } from '../../platform/log.ts';
import type { Clock } from '../../platform/clock.ts';
import { createCrashCounter } from './crashes.ts';

interface Health {
  readonly log: Log;
  readonly clock: Clock;
}

/** A page that ends is loaded again, one that hangs is offered to be; the work itself goes on in the host either way. */
export function watchWindow(window: BrowserWindow, { log, clock }: Health): void {
  const remedyFor = createCrashCounter(() => clock.ticks());
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    log.write('page ended', { reason, exitCode });
    if (window.isDestroyed()) return;
    const remedy = remedyFor(reason);
    if (remedy === 'reload') window.reload();
    else if (remedy === 'ask') {
      void offerReload(window, `The page ended several times (${reason}).`, () => window.reload());
    }
  });
  window.webContents.on('preload-error', (_event, _path, error) => {
    log.write('preload failed', { message: error.message });
  });
  let hanging: AbortController | undefined;
  window.on('unresponsive', () => {
    log.write('page hangs');
    hanging = new AbortController();
    // Its end is then dealt with as any other.
    const end = (): void => window.webContents.forcefullyCrashRenderer();
    void offerReload(window, 'The page does not answer.', end, hanging.signal);
  });
  window.on('responsive', () => {
    hanging?.abort();
    log.write('page answers again');
  });
}

/** Other processes of Electron (drawing, network, jobs); a job's end is told by its job, the rest come back by themselves. */
export function watchProcesses({ log }: Pick<Health, 'log'>): void {
  app.on('child-process-gone', (_, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit') log.write('process ended', { type, reason, exitCode, name: name ?? null });
  });
}

async function offerReload(
  window: BrowserWindow,
  message: string,
  act: () => void,
  signal?: AbortSignal,
): Promise<void> {
  const reload = 0;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail: 'Work that runs goes on, and everything that was kept is safe. The page can be loaded again.',
    buttons: ['Load again', 'Wait'],
    defaultId: reload,
    cancelId: 1,
    noLink: true,
    ...(signal ? { signal } : {}),
  });
  if (response === reload && !signal?.aborted && !window.isDestroyed()) act();
}
