import { useEffect } from 'react';
import { create } from 'zustand';

/** What leaves no record in the workspace: that its table and a comparison were looked at. */
export type Seen = 'look' | 'compare';

const key = 'holdfast.seen';
type ByWorkspace = Readonly<Record<string, readonly Seen[]>>;

/** Kept by this page for each workspace's id. */
export const useSeen = create<{ readonly seen: ByWorkspace }>()(() => ({ seen: read() }));

/** Notes where the person has been; called by the window with every change of place. */
export function useNoteSeen(path: string, workspace: string | undefined): void {
  useEffect(() => {
    const what = seenAt(path);
    if (!what || workspace === undefined) return;
    const { seen } = useSeen.getState();
    const before = seen[workspace] ?? [];
    if (before.includes(what)) return;
    const after = { ...seen, [workspace]: [...before, what] };
    useSeen.setState({ seen: after });
    localStorage.setItem(key, JSON.stringify(after));
  }, [path, workspace]);
}

export function seenAt(path: string): Seen | null {
  if (path.startsWith('/runs/compare/')) return 'compare';
  return /^\/data\/(?!import$)[^/]/.test(path) ? 'look' : null;
}

function read(): ByWorkspace {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return Object(kept) as ByWorkspace;
  } catch {
    return {};
  }
}
