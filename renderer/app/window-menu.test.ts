import { Play } from 'lucide-react';
import { expect, test } from 'vitest';
import { acceleratorOf, windowMenu } from './window-menu.ts';

const action = { icon: Play, perform: () => undefined };

test('the window shows the same actions, in the menus they belong to', () => {
  const { entries } = windowMenu([
    { ...action, id: 'train-start', label: 'Train', shortcut: 't', isAvailable: () => false },
    { ...action, id: 'import', label: 'Import', group: 'workspace', shortcut: 'g i' },
    { ...action, id: 'redo', label: 'Redo', group: 'edit', shortcut: ['mod+shift+Z', 'mod+Y'] },
    { ...action, id: 'close', label: 'Close', group: 'tabs', shortcut: 'alt+W', accelerator: 'CmdOrCtrl+W' },
    { ...action, id: 'import', label: 'Import again', group: 'workspace' },
  ]);
  expect(entries).toEqual([
    { id: 'train-start', label: 'Train', menu: 'page', accelerator: null, registers: false, enabled: false },
    { id: 'import', label: 'Import', menu: 'file', accelerator: null, registers: false, enabled: true },
    {
      id: 'redo',
      label: 'Redo',
      menu: 'edit',
      accelerator: 'CmdOrCtrl+Shift+Z',
      registers: false,
      enabled: true,
    },
    { id: 'close', label: 'Close', menu: 'view', accelerator: 'CmdOrCtrl+W', registers: true, enabled: true },
  ]);
});

test.each([
  ['mod+K', 'CmdOrCtrl+K'],
  ['alt+ArrowLeft', 'Alt+Left'],
  ['alt+shift+c', 'Alt+Shift+C'],
  ['mod+PageDown', 'CmdOrCtrl+PageDown'],
])('%s is %s to Electron', (shortcut, accelerator) => expect(acceleratorOf(shortcut)).toBe(accelerator));
