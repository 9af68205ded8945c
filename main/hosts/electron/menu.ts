import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly newWorkspace: () => void;
  readonly openWorkspace: () => void;
}

const developing: MenuItemConstructorOptions[] = [
  { role: 'reload' },
  { role: 'toggleDevTools' },
  { type: 'separator' },
];

/** The menu of the system's own roles; what Holdfast does beyond them is in the page. */
export function setMenu({ newWorkspace, openWorkspace }: MenuActions): void {
  const mac = process.platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    { label: 'New Workspace…', accelerator: 'CmdOrCtrl+Shift+N', click: newWorkspace },
    { label: 'Open Workspace…', accelerator: 'CmdOrCtrl+O', click: openWorkspace },
    { type: 'separator' },
    { role: mac ? 'close' : 'quit' },
  ];
  const view: MenuItemConstructorOptions[] = [
    ...(app.isPackaged ? [] : developing),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const before: MenuItemConstructorOptions[] = mac ? [{ role: 'appMenu' }] : [];
  const after: MenuItemConstructorOptions[] = mac ? [] : [{ role: 'help', submenu: [{ role: 'about' }] }];
  const template: MenuItemConstructorOptions[] = [
    ...before,
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    ...after,
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
