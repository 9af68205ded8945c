import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import type { MenuEntry } from '../../../preload/contract/bridge.ts';
import { bareMenu, menuTemplate, WindowMenuSchema } from './menu-template.ts';

const entry = (id: string, menu: MenuEntry['menu'], more: Partial<MenuEntry> = {}): MenuEntry => ({
  id,
  label: `do ${id}`,
  menu,
  accelerator: null,
  registers: false,
  enabled: true,
  ...more,
});
const host = {
  mac: false,
  developing: false,
  newWorkspace: () => undefined,
  openWorkspace: () => undefined,
  choose: () => undefined,
};
const inside = (item: MenuItemConstructorOptions | undefined): MenuItemConstructorOptions[] =>
  Array.isArray(item?.submenu) ? item.submenu : [];
const named = (template: MenuItemConstructorOptions[], label: string) =>
  inside(template.find((item) => item.label === label)).map(
    ({ label: text, role, type }) => text ?? role ?? type,
  );

test("the page's actions stand in the menus they belong to, in their order, and tell their id", () => {
  const chosen: string[] = [];
  const entries = [
    entry('import', 'file'),
    entry('copy-link', 'go', { accelerator: 'Alt+Shift+C' }),
    entry('tab-close', 'view', { accelerator: 'CmdOrCtrl+W', registers: true }),
    entry('run-reproduce', 'page', { enabled: false }),
  ];
  const template = menuTemplate({ ...bareMenu, entries }, { ...host, choose: (id) => void chosen.push(id) });
  expect(template.map(({ label, role }) => label ?? role)).toEqual([
    'File',
    'Edit',
    'View',
    'Go',
    'This Page',
    'windowMenu',
    'Help',
  ]);
  expect(named(template, 'File')).toEqual([
    'New Workspace…',
    'Open Workspace…',
    'separator',
    'do import',
    'separator',
    'quit',
  ]);
  const items = template.flatMap(inside);
  expect(items.find(({ id }) => id === 'copy-link')).toMatchObject({
    accelerator: 'Alt+Shift+C',
    registerAccelerator: false,
  });
  expect(items.find(({ id }) => id === 'tab-close')).toMatchObject({ registerAccelerator: true });
  expect(items.find(({ id }) => id === 'run-reproduce')?.enabled).toBe(false);
  const click = items.find(({ id }) => id === 'import')?.click as (() => void) | undefined;
  click?.();
  expect(chosen).toEqual(['import']);
});

test('undo and redo stay with the system, which text fields need; no menu is empty or begins with a line', () => {
  const entries = [entry('undo', 'edit'), entry('redo', 'edit')];
  for (const mac of [true, false]) {
    for (const developing of [true, false]) {
      const template = menuTemplate({ ...bareMenu, entries }, { ...host, mac, developing });
      const edit = inside(template.find(({ label }) => label === 'Edit'));
      expect(edit.filter(({ id }) => id === 'undo' || id === 'redo')).toEqual([]);
      expect(edit.filter(({ role }) => role === 'undo')).toHaveLength(1);
      for (const menu of template.filter(({ submenu }) => Array.isArray(submenu)).map(inside)) {
        if (!menu.length) continue;
        expect(menu[0]?.type).not.toBe('separator');
        expect(menu.at(-1)?.type).not.toBe('separator');
      }
      expect(template.flatMap(inside).some(({ role }) => role === 'toggleDevTools')).toBe(developing);
    }
  }
});

test('a menu that a page should not send is refused as a whole', () => {
  expect(WindowMenuSchema.safeParse({ ...bareMenu, entries: [entry('a', 'file')] }).success).toBe(true);
  const wrong: unknown[] = [
    null,
    { entries: [] },
    { ...bareMenu, words: { ...bareMenu.words, file: '' } },
    { ...bareMenu, entries: [{ ...entry('a', 'file'), menu: 'apple' }] },
    { ...bareMenu, entries: [{ ...entry('a', 'file'), accelerator: '\u0000' }] },
    { ...bareMenu, entries: [{ ...entry('a', 'file'), label: 'x'.repeat(5000) }] },
    { ...bareMenu, entries: Array.from({ length: 1000 }, (_, i) => entry(`a${i}`, 'file')) },
  ];
  for (const menu of wrong) expect(WindowMenuSchema.safeParse(menu).success).toBe(false);
});
