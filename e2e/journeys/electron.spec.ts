import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { expect, test } from 'playwright/test';
import { findRuntime } from '../../main/hosts/start-desktop.ts';

const project = join(import.meta.dirname, '..', '..');
const program = await findRuntime();
if (!program)
  console.warn("SKIPPED: Electron's runtime is not here (`npx install-electron`); its window is not opened");

test('the window shows the same page, without Node, with a menu of its own', async () => {
  test.skip(!program, "Electron's runtime is not here");
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-journey-'));
  const app = await _electron.launch({
    ...(program ? { executablePath: program } : {}),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
    env: { ...process.env, HOLDFAST_HOME: join(folder, 'home') },
  });
  try {
    const page = await app.firstWindow();
    await expect(page.getByRole('heading', { name: 'Recent workspaces' })).toBeVisible();
    expect(
      await page.evaluate(() => [location.origin, 'require' in globalThis, 'process' in globalThis]),
    ).toEqual(['holdfast://app', false, false]);
    const menu = (): Promise<readonly string[]> =>
      app.evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label));
    await expect.poll(menu).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Go']));
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
});
