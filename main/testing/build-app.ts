import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../preload/contract/client.ts';
import { createApp, type Application } from '../app/index.ts';
import { userPaths } from '../platform/paths.ts';

export interface TestApp {
  readonly app: Application;
  readonly client: Client;
  /** The workspace's folder. */
  readonly dir: string;
  /** A folder for files of the test. */
  readonly folder: string;
}

/**
 * The real app with a real workspace in a temporary folder, removed when the test ends. Tasks run inline unless `processes`.
 * Everything of the user (keys, recent list) is below a temporary HOLDFAST_HOME.
 */
export async function buildTestApp(options: { processes?: boolean } = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  const home = process.env['HOLDFAST_HOME'];
  // The engines stay where the user has them.
  process.env['HOLDFAST_CACHE'] ??= userPaths().cache;
  process.env['HOLDFAST_HOME'] = join(folder, 'home');
  const app = await createApp({ host: 'a test', ...(options.processes ? {} : { jobs: 'inline' }) });
  const client = createClient({
    call: (method, input, call) => app.dispatch(method, input, call),
    subscribe: (listener) => app.subscribe(listener),
  });
  const dir = join(folder, 'workspace');
  await client.workspaces.create({ dir, name: 'test' });
  onTestFinished(async () => {
    await app.close();
    if (home === undefined) delete process.env['HOLDFAST_HOME'];
    else process.env['HOLDFAST_HOME'] = home;
    await rm(folder, { recursive: true, force: true });
  });
  return { app, client, dir, folder };
}
