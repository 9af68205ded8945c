import { linkText } from '../../../preload/contract/links.ts';
import { currentPlace } from './router.ts';
import { useTabs } from './tabs.ts';

let looksOf: (path: string) => readonly string[] = () => [];

/** Which keys of a page's query say what is looked at; the routes know. */
export function knowLooks(looks: (path: string) => readonly string[]): void {
  looksOf = looks;
}

/** A link to this page in this workspace, and to `at` on it; null without a workspace. */
export function linkHere(at: string | null): string | null {
  const { workspace } = useTabs.getState();
  if (workspace === null) return null;
  const { path, query } = currentPlace();
  const looks = looksOf(path).flatMap((key) => {
    const value = query.get(key);
    return value === null ? [] : [[key, value] as const];
  });
  return linkText({ workspace, path, at: at ?? query.get('at'), query: Object.fromEntries(looks) });
}
