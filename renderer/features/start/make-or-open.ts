import type { Client } from '../../../preload/contract/client.ts';
import { Failure } from '../../../preload/contract/failure.ts';

/** Makes a workspace and opens it. The folder may be one already, or hold something else: then the next name is tried. */
export async function makeOrOpen(client: Client, wanted: string, name?: string): Promise<void> {
  for (let n = 1; n <= 20; n++) {
    const dir = n === 1 ? wanted : `${wanted}-${n}`;
    try {
      await client.workspaces.create(name === undefined ? { dir } : { dir, name });
      return;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === 'workspace-exists') {
        await client.workspaces.open({ dir });
        return;
      }
      if (error.code !== 'workspace-folder-not-empty' || n === 20) throw error;
    }
  }
}
