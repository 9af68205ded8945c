import type { MenuItemConstructorOptions } from 'electron';
import * as z from 'zod';
import type { MenuEntry, WindowMenu } from '../../../preload/contract/bridge.ts';

const menus = ['file', 'edit', 'view', 'go', 'page', 'help'] as const;
const Words = z.record(z.enum([...menus, 'newWorkspace', 'openWorkspace']), z.string().min(1).max(80));

/** What a page may put into the menu: nothing that could fill the screen. */
export const WindowMenuSchema = z.object({
  words: Words,
  entries: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        label: z.string().min(1).max(120),
        menu: z.enum(menus),
        accelerator: z
          .string()
          .max(60)
          .regex(/^[\x20-\x7e]+$/)
          .nullable(),
        registers: z.boolean(),
        enabled: z.boolean(),
      }),
    )
    .max(300),
});

/** Until the page has said what it can do. */
export const bareMenu: WindowMenu = {
  words: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    go: 'Go',
    page: 'This Page',
    help: 'Help',
    newWorkspace: 'New Workspace…',
    openWorkspace: 'Open Workspace…',
  },
  entries: [],
};

export interface MenuHost {
  readonly mac: boolean;
  readonly developing: boolean;
  readonly newWorkspace: () => void;
  readonly openWorkspace: () => void;
  /** An entry of the page was chosen. */
  readonly choose: (id: string) => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };
/** Text fields and the page have these keys from the system's own roles; a second entry would take them away. */
const bySystem = new Set(['undo', 'redo']);

/** The window's menu: the system's roles, with the page's own actions where they belong. */
export function menuTemplate({ words, entries }: WindowMenu, host: MenuHost): MenuItemConstructorOptions[] {
  const of = (menu: MenuEntry['menu']): MenuItemConstructorOptions[] =>
    entries
      .filter((entry) => entry.menu === menu && !bySystem.has(entry.id))
      .map(({ id, label, accelerator, registers, enabled }) => ({
        id,
        label,
        enabled,
        ...(accelerator === null ? {} : { accelerator, registerAccelerator: registers }),
        click: () => host.choose(id),
      }));
  const developing: MenuItemConstructorOptions[] = host.developing
    ? [{ role: 'reload' }, { role: 'toggleDevTools' }]
    : [];
  const file: MenuItemConstructorOptions[] = [
    { label: words.newWorkspace, accelerator: 'CmdOrCtrl+Shift+N', click: host.newWorkspace },
    { label: words.openWorkspace, accelerator: 'CmdOrCtrl+O', click: host.openWorkspace },
  ];
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  const zoom: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];
  const page = of('page');
  return [
    ...(host.mac ? [{ role: 'appMenu' as const }] : []),
    { label: words.file, submenu: groups(file, of('file'), [{ role: host.mac ? 'close' : 'quit' }]) },
    { label: words.edit, submenu: groups(edit, of('edit')) },
    { label: words.view, submenu: groups(of('view'), developing, zoom, [{ role: 'togglefullscreen' }]) },
    ...(of('go').length ? [{ label: words.go, submenu: of('go') }] : []),
    ...(page.length ? [{ label: words.page, submenu: page }] : []),
    { role: 'windowMenu' },
    { label: words.help, role: 'help', submenu: groups(of('help'), host.mac ? [] : [{ role: 'about' }]) },
  ];
}

/** Groups with a line between them; empty ones leave none. */
function groups(...parts: readonly (readonly MenuItemConstructorOptions[])[]): MenuItemConstructorOptions[] {
  return parts.filter((part) => part.length).flatMap((part, i) => (i ? [separator, ...part] : [...part]));
}
