import * as z from 'zod';
import { create } from 'zustand';
import { kept } from '../api/kept.ts';

const most = 30;

interface Recent {
  readonly workspace: string | null;
  /** Ids of actions and objects, the latest first. */
  readonly ids: readonly string[];
}

/** What was chosen in the palette or looked at, for its order. */
export const useRecent = create<Recent>()(() => ({ workspace: null, ids: [] }));

export function openRecent(workspace: string | null): void {
  const ids = workspace ? kept.read(`recent.${workspace}`, z.array(z.string())) : undefined;
  useRecent.setState({ workspace, ids: ids ?? [] });
}

export function remember(id: string): void {
  const { workspace, ids } = useRecent.getState();
  const next = [id, ...ids.filter((one) => one !== id)].slice(0, most);
  useRecent.setState({ ids: next });
  if (workspace) kept.write(`recent.${workspace}`, next);
}
