import type { Link } from '../../preload/contract/links.ts';
import { go } from '../ui/navigation/router.ts';
import { useTabs } from '../ui/navigation/tabs.ts';
import { notify } from '../ui/state/notices.ts';
import { findPage } from './routes.ts';
import { words } from './words.ts';

/** The place a link leads to in the open workspace: a page that is there, and of its query only what says where to look. */
export function placeOfLink({ path, at, query }: Link): string | null {
  const found = findPage(path);
  if (!found) return null;
  const looks = Object.entries(query).filter(([key]) => found.page.looks?.includes(key));
  const wanted = new URLSearchParams([...looks, ...(at === null ? [] : [['at', at]])]).toString();
  return wanted ? `${path}?${wanted}` : path;
}

/** Goes where a link leads, or says why it can't. Whatever the link says, nothing else happens. */
export function followLink(link: Link): void {
  const { workspace } = useTabs.getState();
  const place = placeOfLink(link);
  if (workspace !== link.workspace) {
    const { elsewhere, elsewhereHow } = words.link;
    notify({ title: elsewhere, message: elsewhereHow(link.workspace), tone: 'warn' });
  } else if (place === null) {
    notify({ title: words.link.nowhere, message: words.link.nowhereHow(link.path), tone: 'warn' });
  } else go(place);
}
