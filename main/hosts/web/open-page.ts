import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface OpenedPage {
  /** How it was opened, in words; null when this computer has nothing to show it with. */
  readonly how: string | null;
  /** Removes what was needed to open it. */
  close(): Promise<void>;
}

/**
 * Opens the page in a window of its own (Chromium, Chrome, Edge) or in the default browser. A command line can be read
 * by every user of the computer, so the address with its one-time token is not put there: the browser is given a
 * private file that leads to it.
 */
export async function openPage(address: string): Promise<OpenedPage> {
  const program = findProgram();
  if (!program) return { how: null, close: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-open-'));
  const file = join(folder, 'holdfast.html');
  await writeFile(file, launchPage(address), { mode: 0o600 });
  const args = [...program.before.slice(0, -1), `${program.before.at(-1) ?? ''}${pathToFileURL(file).href}`];
  const child = spawn(program.command, args, {
    detached: true,
    stdio: 'ignore',
  });
  const started = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
  child.unref();
  return {
    how: started ? program.how : null,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Program {
  readonly command: string;
  readonly how: string;
  /** Arguments; the last one is completed with the page's address. */
  readonly before: readonly string[];
}

const inBrowser = 'in the default browser';

function findProgram(): Program | undefined {
  if (process.platform === 'win32') {
    return { command: 'rundll32', before: ['url.dll,FileProtocolHandler', ''], how: inBrowser };
  }
  const shown = process.platform === 'darwin' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!shown) return undefined;
  const own = process.getuid?.() === 0 ? undefined : chromiums().find(isProgram);
  if (own) return { command: own, before: ['--app='], how: 'in a window of its own' };
  const opener = process.platform === 'darwin' ? '/usr/bin/open' : onPath('xdg-open').find(isProgram);
  return opener ? { command: opener, before: [''], how: inBrowser } : undefined;
}

function chromiums(): string[] {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  return [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge-stable',
  ].flatMap(onPath);
}

function onPath(name: string): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The token is base64url and the origin ours, so the address needs no escaping. */
function launchPage(address: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Holdfast</title>
<script>location.replace(${JSON.stringify(address)})</script>
<p><a href="${address}">Open Holdfast</a></p>
`;
}
