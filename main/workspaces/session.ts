import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';
import { createWorkspace, openWorkspace } from './open-workspace.ts';
import type { OpenContext, Workspace } from './workspace.ts';

/** The one workspace a host has open, if any. Opening, creating and closing happen one after the other. */
export interface Session {
  /** Throws `workspace-not-open`. */
  workspace(): Workspace;
  current(): Workspace | undefined;
  /** The workspace before stays open, with its jobs, unless the new one could be made. */
  create(dir: string, name?: string): Promise<Workspace>;
  /** As `create`. Opening the open workspace again tries to become its writer, if it could only be read so far. */
  open(dir: string): Promise<Workspace>;
  close(): Promise<void>;
}

export interface SessionContext extends OpenContext {
  /** Ends all work in the current workspace. */
  readonly beforeLeaving: () => Promise<void>;
  readonly onSwitch: (workspace: Workspace | undefined) => void;
}

export function createSession(context: SessionContext): Session {
  let current: Workspace | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const enter = async (next: Workspace | undefined): Promise<void> => {
    await context.beforeLeaving();
    current?.close();
    current = next;
    context.onSwitch(next);
  };

  return {
    workspace() {
      if (!current) throw fail('workspace-not-open', { tried: null });
      return current;
    },
    current: () => current,
    create: (dir, name) =>
      inTurn(async () => {
        const next = await createWorkspace(dir, name, context);
        await enter(next);
        return next;
      }),
    open: (dir) =>
      inTurn(async () => {
        if (current?.writable && (await isSame(current.dir, dir))) return current;
        const next = await openWorkspace(dir, context);
        await enter(next);
        return next;
      }),
    close: () => inTurn(() => enter(undefined)),
  };
}

/** Also by another name of the same folder: one process can't hold its lock twice. */
async function isSame(one: string, other: string): Promise<boolean> {
  return (await trueName(one)) === (await trueName(other));
}

function trueName(dir: string): Promise<string> {
  return realpath(dir).catch(() => resolve(dir));
}
