import { dialog, type BrowserWindow } from 'electron';
import type { Choice } from '../../../preload/contract/bridge.ts';

/** Asks with the system's own dialog; null when it was dismissed. */
export async function choose(owner: BrowserWindow, what: Choice): Promise<string | null> {
  if (what === 'new-folder') {
    const { canceled, filePath } = await dialog.showSaveDialog(owner, {
      buttonLabel: 'Make folder',
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || !filePath ? null : filePath;
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
    properties: [what === 'file' ? 'openFile' : 'openDirectory'],
    ...(what === 'file' ? { filters: tables } : {}),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

const tables = [
  {
    name: 'Tables',
    extensions: ['csv', 'tsv', 'txt', 'gz', 'json', 'jsonl', 'parquet', 'arrow', 'feather', 'xlsx'],
  },
  { name: 'All files', extensions: ['*'] },
];

/** Closing would stop these: whether to do it. */
export function mayStop(owner: BrowserWindow, titles: readonly string[]): boolean {
  const keepWorking = 0;
  const answer = dialog.showMessageBoxSync(owner, {
    type: 'warning',
    message:
      titles.length === 1 ? 'Work is still running' : `${titles.length} pieces of work are still running`,
    detail: `${titles.join('\n')}\n\nClosing stops it. Nothing half-done is kept, and everything before is safe.`,
    buttons: ['Keep working', 'Stop and close'],
    defaultId: keepWorking,
    cancelId: keepWorking,
    noLink: true,
  });
  return answer !== keepWorking;
}
