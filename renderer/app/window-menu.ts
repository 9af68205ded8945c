import type { MenuEntry, WindowMenu } from '../../preload/contract/bridge.ts';
import { isAvailable, shortcutsOf, type Action, type ActionGroup } from '../ui/actions/action.ts';
import { isModified } from '../ui/actions/shortcut.ts';
import { words } from './window-words.ts';

const menus: Readonly<Record<ActionGroup, MenuEntry['menu']>> = {
  page: 'page',
  go: 'go',
  tabs: 'view',
  edit: 'edit',
  workspace: 'file',
  view: 'view',
  help: 'help',
};

/** The window's own menu from the same actions as buttons, palette and shortcuts; of two with one id the first counts. */
export function windowMenu(actions: readonly Action[]): WindowMenu {
  const seen = new Set<string>();
  const entries = actions.flatMap((action): MenuEntry[] => {
    if (seen.has(action.id)) return [];
    seen.add(action.id);
    const shown = shortcutsOf(action).find(isModified);
    return [
      {
        id: action.id,
        label: action.label,
        menu: menus[action.group ?? 'page'],
        // The page hears its shortcuts itself; what only the menu can have, because a browser keeps the keys, it registers.
        accelerator: action.accelerator ?? (shown === undefined ? null : acceleratorOf(shown)),
        registers: action.accelerator !== undefined,
        enabled: isAvailable(action),
      },
    ];
  });
  return { words, entries };
}

const keys: Readonly<Record<string, string>> = {
  mod: 'CmdOrCtrl',
  shift: 'Shift',
  alt: 'Alt',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/** `mod+shift+Z` as Electron writes it: `CmdOrCtrl+Shift+Z`. */
export function acceleratorOf(shortcut: string): string {
  return shortcut
    .split('+')
    .map((key) => keys[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join('+');
}
