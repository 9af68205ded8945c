import type { LucideIcon } from 'lucide-react';

/** What an action has to do with, in the order of menus and of the sheet of shortcuts. */
export const actionGroups = ['page', 'go', 'tabs', 'edit', 'workspace', 'view', 'help'] as const;
export type ActionGroup = (typeof actionGroups)[number];

/**
 * One thing a person can do. Its button, its entry in menus, context menus, the palette, the window's own menu and the sheet
 * of shortcuts, and what its shortcut does, all come from it.
 *
 * @example
 * const action: Action = {
 *   id: 'run-reproduce', label: words.reproduce, icon: RotateCcw, shortcut: 'r',
 *   isAvailable: () => done, why: () => words.notDone, perform: () => void start({ run }),
 * };
 * useOfferActions('run', actions);             // palette, shortcut, window menu while the page is shown
 * <ActionButton action={action} primary />     // a button
 * <tr onContextMenu={contextMenu(actions)}>    // right click, or the menu key
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** What it does, for the palette. */
  readonly about?: string;
  readonly icon: LucideIcon;
  /** Default: `page`. */
  readonly group?: ActionGroup;
  /** `mod+shift+Z`, `alt+W`, one letter, or two letters after each other: `g d`. A list: the first is shown. */
  readonly shortcut?: string | readonly string[];
  /** In the window's own menu, where the browser leaves the keys alone: `CmdOrCtrl+W`. */
  readonly accelerator?: string;
  /** Can't be undone, or stops something. */
  readonly danger?: true;
  /** Absent: always. */
  readonly isAvailable?: () => boolean;
  /** Why it isn't available, for the one who looks for it. */
  readonly why?: () => string | null;
  readonly perform: () => void;
}

export function isAvailable(action: Action): boolean {
  return action.isAvailable?.() ?? true;
}

export function shortcutsOf({ shortcut }: Action): readonly string[] {
  return shortcut === undefined ? [] : typeof shortcut === 'string' ? [shortcut] : shortcut;
}
