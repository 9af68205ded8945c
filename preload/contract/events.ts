import type { Job } from './jobs.ts';
import type { WorkspaceInfo } from './workspaces.ts';

/** What the host tells its windows. Facts changed: ask again; an event never carries data that a method would refuse. */
export type AppEvent =
  | { readonly type: 'job'; readonly job: Job; readonly live?: Readonly<Record<string, number>> }
  | { readonly type: 'changed'; readonly tables: readonly string[] }
  | { readonly type: 'workspace'; readonly workspace: WorkspaceInfo | null };
