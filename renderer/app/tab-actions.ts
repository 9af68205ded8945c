import {
  ArrowLeftToLine,
  ArrowRightToLine,
  ChevronLeft,
  ChevronRight,
  RotateCcw,
  X,
  XCircle,
} from 'lucide-react';
import type { Action } from '../ui/actions/action.ts';
import { close, closeOthers, moveActive, reopen, step, useTabs } from '../ui/navigation/tabs.ts';
import { words } from './words.ts';

const { commands: text } = words;
const hasActive = () => useTabs.getState().active !== null;
const hasMany = () => useTabs.getState().list.open.length > 1;

/** What can be done with the tab that is looked at. */
export const tabActions: readonly Action[] = [
  {
    id: 'tab-close',
    label: text.closeTab,
    icon: X,
    shortcut: 'alt+W',
    accelerator: 'CmdOrCtrl+W',
    isAvailable: hasActive,
    perform: () => close(useTabs.getState().active ?? ''),
  },
  {
    id: 'tab-reopen',
    label: text.reopenTab,
    icon: RotateCcw,
    shortcut: 'alt+shift+T',
    accelerator: 'CmdOrCtrl+Shift+T',
    isAvailable: () => useTabs.getState().list.closed.length > 0,
    perform: reopen,
  },
  {
    id: 'tab-close-others',
    label: text.closeOthers,
    icon: XCircle,
    isAvailable: () => hasActive() && hasMany(),
    perform: () => closeOthers(useTabs.getState().active ?? ''),
  },
  {
    id: 'tab-next',
    label: text.nextTab,
    icon: ChevronRight,
    shortcut: 'alt+PageDown',
    accelerator: 'Ctrl+Tab',
    isAvailable: () => useTabs.getState().list.open.length > 0,
    perform: () => step(1),
  },
  {
    id: 'tab-previous',
    label: text.previousTab,
    icon: ChevronLeft,
    shortcut: 'alt+PageUp',
    accelerator: 'Ctrl+Shift+Tab',
    isAvailable: () => useTabs.getState().list.open.length > 0,
    perform: () => step(-1),
  },
  {
    id: 'tab-move-right',
    label: text.moveRight,
    icon: ArrowRightToLine,
    shortcut: 'alt+shift+PageDown',
    isAvailable: () => hasActive() && hasMany(),
    perform: () => moveActive(1),
  },
  {
    id: 'tab-move-left',
    label: text.moveLeft,
    icon: ArrowLeftToLine,
    shortcut: 'alt+shift+PageUp',
    isAvailable: () => hasActive() && hasMany(),
    perform: () => moveActive(-1),
  },
].map((action) => ({ ...action, group: 'tabs' }));

/** What can be done with one tab of the strip, looked at or not. */
export function actionsOfTab(key: string): readonly Action[] {
  return [
    { id: 'close', label: text.closeTab, icon: X, perform: () => close(key) },
    {
      id: 'close-others',
      label: text.closeOthers,
      icon: XCircle,
      isAvailable: hasMany,
      perform: () => closeOthers(key),
    },
    {
      id: 'reopen',
      label: text.reopenTab,
      icon: RotateCcw,
      isAvailable: () => useTabs.getState().list.closed.length > 0,
      perform: reopen,
    },
  ];
}
