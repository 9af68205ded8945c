import { useEffect } from 'react';
import * as z from 'zod';
import { create } from 'zustand';
import { kept } from '../../api/kept.ts';

const Seen = z.enum(['look', 'compare']);
/** What leaves no record in the workspace: that its table and a comparison were looked at. */
export type Seen = z.infer<typeof Seen>;

const FirstSteps = z.object({
  /** By the workspace's id. */
  seen: z.record(z.string(), z.array(Seen)).catch({}),
  hidden: z.boolean().catch(false),
});
type FirstSteps = z.infer<typeof FirstSteps>;

const key = 'first-steps';

/** What is remembered of the first steps, in all workspaces of this person. */
export const useFirstSteps = create<FirstSteps>()(
  () => kept.read(key, FirstSteps) ?? { seen: {}, hidden: false },
);

export function changeFirstSteps(change: Partial<FirstSteps>): void {
  const next = { ...useFirstSteps.getState(), ...change };
  useFirstSteps.setState(next);
  kept.write(key, next);
}

/** Notes where the person has been; called by the window with every change of place. */
export function useNoteSeen(path: string, workspace: string | undefined): void {
  useEffect(() => {
    const what = seenAt(path);
    if (!what || workspace === undefined) return;
    const { seen } = useFirstSteps.getState();
    const before = seen[workspace] ?? [];
    if (!before.includes(what)) changeFirstSteps({ seen: { ...seen, [workspace]: [...before, what] } });
  }, [path, workspace]);
}

export function seenAt(path: string): Seen | null {
  if (path.startsWith('/runs/compare/')) return 'compare';
  return /^\/data\/(?!import$)[^/]/.test(path) ? 'look' : null;
}
