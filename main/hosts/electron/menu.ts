import { app, Menu } from 'electron';
import type { WindowMenu } from '../../../preload/contract/bridge.ts';
import { menuTemplate, type MenuHost } from './menu-template.ts';

export type MenuActions = Omit<MenuHost, 'mac' | 'developing'>;

/** Puts the menu together anew; cheap enough to be done whenever the page can do something else. */
export function setMenu(menu: WindowMenu, actions: MenuActions): void {
  const host = { ...actions, mac: process.platform === 'darwin', developing: !app.isPackaged };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menu, host)));
}
