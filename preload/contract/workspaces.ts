import * as z from 'zod';
import { Instant } from './common.ts';
import { defineMethod } from './method.ts';

/** Stands for the holder of a workspace that nobody can change, because its folder can't be written to. */
export const readOnlyFolder = 'nobody, its folder being read-only';

export const workspaceFailures = {
  'workspace-not-open': (d: { tried: string | null }) =>
    d.tried
      ? `there is no workspace at "${d.tried}"; \`holdfast workspaces create "${d.tried}"\` makes one`
      : 'no workspace is open; open or create one first',
  'workspace-exists': (d: { dir: string }) =>
    `"${d.dir}" is a workspace already; open it, or name another folder`,
  'workspace-folder-not-empty': (d: { dir: string; example: string }) =>
    `"${d.dir}" is not empty (it holds "${d.example}"); a new workspace needs an empty or new folder`,
  'workspace-locked': (d: { dir: string; holder: string }) =>
    d.holder === readOnlyFolder
      ? `the workspace "${d.dir}" lies in a folder that can't be written to; copy it to change it, or only look (reading works)`
      : `the workspace "${d.dir}" is being changed by ${d.holder}; close that first, or only look (reading works meanwhile)`,
  'workspace-too-new': (d: { dir: string; version: number; known: number }) =>
    `the workspace "${d.dir}" has format ${d.version}, this Holdfast knows up to ${d.known}; open it with a newer Holdfast. Nothing was changed`,
  'workspace-damaged': (d: { dir: string; what: string }) =>
    `the workspace "${d.dir}" is damaged: ${d.what}. Nothing was changed; restore it from a copy`,
  'workspace-not-movable': (d: { dir: string; reason: string }) =>
    `"${d.dir}" cannot hold a workspace: ${d.reason}`,
  'workspace-gone': (d: { dir: string }) =>
    `the workspace "${d.dir}" was deleted, moved or replaced while it was open; nothing was kept. Put it back and do it again`,
  'workspace-own-file': (d: { dir: string; path: string }) =>
    `"${d.path}" belongs to the workspace "${d.dir}" itself; name another place to write to`,
  'workspace-busy': (d: { jobs: string[] }) =>
    `work is going on (${d.jobs.join(', ')}); wait for it to end, or stop it, and do this again`,
  'object-missing': (d: { digest: string }) =>
    `object ${d.digest} is missing from the workspace's objects folder`,
  'object-damaged': (d: { digest: string; found: string }) =>
    `object ${d.digest} is damaged: its bytes hash to ${d.found}; it was not read any further`,
};

export const WorkspaceInfo = z.object({
  dir: z.string(),
  name: z.string(),
  id: z.string(),
  format: z.int(),
  created: Instant,
  /** False when another process is the writer: everything can be looked at, nothing changed. */
  writable: z.boolean(),
  counts: z.object({
    datasets: z.int(),
    snapshots: z.int(),
    runs: z.int(),
    models: z.int(),
    objects: z.int(),
  }),
  /** Bytes of all objects. */
  size: z.number(),
  journal: z.object({ records: z.int(), head: z.string() }),
});
export type WorkspaceInfo = z.infer<typeof WorkspaceInfo>;

export const Problem = z.object({
  code: z.string(),
  /** What is injured: a digest, a table and key, a journal record. */
  what: z.string(),
  message: z.string(),
  /** What can't be used any more because of it. */
  affects: z.array(z.string()),
});
export type Problem = z.infer<typeof Problem>;

/** Objects of a workspace and the bytes in them. */
export const Space = z.object({ objects: z.int(), bytes: z.number() });

export const RecentWorkspace = z.object({
  dir: z.string(),
  name: z.string(),
  opened: Instant,
  pinned: z.boolean(),
  missing: z.boolean(),
});

export const workspaces = {
  create: defineMethod({
    doc: 'Makes a new workspace in an empty or new folder and opens it.',
    input: z.object({
      dir: z.string().min(1).describe('folder to make it in'),
      name: z.string().min(1).max(120).optional().describe('shown name; default: the folder name'),
    }),
    output: z.object({ workspace: WorkspaceInfo }),
    anywhere: true,
    cli: { args: ['dir'] },
  }),
  open: defineMethod({
    doc: 'Opens a workspace; what was interrupted by a crash is marked so and its leftovers are swept.',
    input: z.object({ dir: z.string().min(1).describe('folder of the workspace') }),
    output: z.object({ workspace: WorkspaceInfo }),
    anywhere: true,
    cli: { args: ['dir'] },
  }),
  close: defineMethod({
    doc: 'Closes the open workspace. Running jobs are cancelled first.',
    input: z.object({}),
    output: z.object({}),
    anywhere: true,
  }),
  info: defineMethod({
    doc: 'Facts about the open workspace.',
    input: z.object({}),
    output: z.object({ workspace: WorkspaceInfo }),
  }),
  recent: defineMethod({
    doc: 'Workspaces opened before by this user, newest first, pinned ones on top.',
    input: z.object({}),
    output: z.object({ workspaces: z.array(RecentWorkspace), suggested: z.string() }),
    anywhere: true,
  }),
  forget: defineMethod({
    doc: 'Takes a workspace off the recent list. The folder itself is not touched.',
    input: z.object({ dir: z.string().min(1) }),
    output: z.object({}),
    anywhere: true,
    cli: { args: ['dir'] },
  }),
  pin: defineMethod({
    doc: 'Keeps a workspace on top of the recent list, or no longer.',
    input: z.object({ dir: z.string().min(1), pinned: z.boolean() }),
    output: z.object({}),
    anywhere: true,
    cli: { args: ['dir'] },
  }),
  verify: defineMethod({
    doc: 'Re-hashes every object, walks every reference, checks the database and the journal chain. Changes nothing.',
    input: z.object({}),
    output: z.object({
      verified: z.boolean(),
      problems: z.array(Problem),
      checked: z.object({
        objects: z.int(),
        bytes: z.number(),
        records: z.int(),
        references: z.int(),
        journal: z.int(),
      }),
    }),
    job: true,
  }),
  reclaim: defineMethod({
    doc: 'Removes objects of versions that no record names any more, such as blocks that an interrupted import left; what any version, run or version in the trash needs stays. `datasets empty` empties the trash first.',
    input: z.object({ dryRun: z.boolean().default(false).describe('only say what would go') }),
    output: z.object({ before: Space, after: Space, removed: Space }),
    writes: true,
    job: true,
  }),
};
