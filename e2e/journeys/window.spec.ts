import { join } from 'node:path';
import type { Bridge, MenuEntry, Opening, WindowMenu } from '../../preload/contract/bridge.ts';
import { expect, test } from './holdfast.ts';

interface Host {
  readonly menus: WindowMenu[];
  open: (opening: Opening) => void;
  choose: (id: string) => void;
}

/** Puts the window's side of the bridge beside a page whose calls go to the web host. */
function beHost(): void {
  const host: Host = { menus: [], open: () => undefined, choose: () => undefined };
  const bridge: Pick<Bridge, 'showMenu' | 'onMenu' | 'onOpen'> = {
    showMenu: (menu) => void host.menus.push(menu),
    onMenu: (listener) => {
      host.choose = listener;
      return () => undefined;
    },
    onOpen: (listener) => {
      host.open = listener;
      return () => undefined;
    },
  };
  Object.assign(globalThis, { host });
  // Not there while the page looks for a way to call the host.
  Object.defineProperty(globalThis, 'holdfast', {
    get: () => (document.querySelector('.shell') ? bridge : undefined),
  });
}

test('a window shows the actions of the page in its menu, and opens what the system hands it', async ({
  page,
  holdfast,
}) => {
  await page.addInitScript(`${beHost.toString()}; beHost();`);
  await page.goto(holdfast.address);
  await page.getByRole('heading', { name: 'Recent workspaces' }).waitFor();
  const entries = () =>
    page.evaluate((): readonly MenuEntry[] => {
      const { menus } = (globalThis as unknown as { host: Host }).host;
      return menus.at(-1)?.entries ?? [];
    });
  await expect.poll(async () => (await entries()).map(({ id }) => id)).toContain('import');
  const file = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sacramento.csv');
  await page.evaluate((path) => {
    (globalThis as unknown as { host: Host }).host.open({ kind: 'table', path });
  }, file);
  // It waits for a workspace to go into.
  await expect(page.getByRole('heading', { name: 'Recent workspaces' })).toBeVisible();
  await page.getByRole('button', { name: 'New workspace' }).click();
  await page.getByLabel('Folder').fill(join(holdfast.folder, 'workspace'));
  // The answer may come after the event that tells of the workspace: the table stays in sight.
  await page.route('**/workspaces.create', async (route) => {
    const response = await route.fetch();
    await page.getByRole('textbox', { name: 'File' }).waitFor();
    await route.fulfill({ response });
  });
  const answered = page.waitForResponse('**/workspaces.create');
  await page.getByRole('button', { name: 'Make it' }).click();
  await answered;
  await expect(page.getByRole('textbox', { name: 'File' })).toHaveValue(file);
  await expect(page.getByRole('table', { name: 'First rows of the file' })).toBeVisible();
  await page.evaluate(() => (globalThis as unknown as { host: Host }).host.choose('verify'));
  await expect(page.getByRole('button', { name: 'Verify' })).toBeVisible();
});
