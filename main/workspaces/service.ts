import { join, resolve } from 'node:path';
import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { userPaths } from '../platform/paths.ts';
import type { CallContext, Service } from './context.ts';
import { journalHead } from './journal.ts';
import { forgetWorkspace, pinWorkspace, recentWorkspaces, rememberWorkspace } from './recent.ts';
import { reclaim } from './reclaim.ts';
import { verify } from './verify.ts';
import type { Workspace } from './workspace.ts';

export const workspaceService: Service<'workspaces'> = {
  create: async ({ dir, name }, context) => enter(await context.session.create(resolve(dir), name), context),
  open: async ({ dir }, context) => enter(await context.session.open(resolve(dir)), context),
  async close(_, { session }) {
    await session.close();
    return {};
  },
  info: (_, { workspace }) => ({ workspace: describe(workspace) }),
  recent: () => ({ workspaces: recentWorkspaces(), suggested: join(userPaths().documents, 'houses') }),
  async forget({ dir }) {
    await forgetWorkspace(dir);
    return {};
  },
  async pin({ dir, pinned }) {
    await pinWorkspace(dir, pinned);
    return {};
  },
  verify,
  reclaim,
};

async function enter(workspace: Workspace, { clock }: CallContext): Promise<{ workspace: WorkspaceInfo }> {
  await rememberWorkspace({ dir: workspace.dir, name: workspace.name, opened: clock.now() });
  return { workspace: describe(workspace) };
}

export function describe(workspace: Workspace): WorkspaceInfo {
  const { db } = workspace;
  const count = (table: string): number =>
    db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
  return {
    dir: workspace.dir,
    name: workspace.name,
    id: workspace.id,
    format: db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0,
    created: workspace.created,
    writable: workspace.writable,
    counts: {
      datasets: count('datasets'),
      snapshots: count('snapshots'),
      runs: count('runs'),
      models: count('models'),
      objects: count('objects'),
    },
    size: db.get<{ n: number | null }>('SELECT sum(size) AS n FROM objects')?.n ?? 0,
    journal: journalHead(db),
  };
}
