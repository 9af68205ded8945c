import { fail } from '../../preload/contract/errors.ts';
import type { PageInfo } from '../../preload/contract/help.ts';
import type { Service } from '../workspaces/index.ts';
import { openLibrary } from './library.ts';
import type { Page } from './page.ts';

export const helpService: Service<'help'> = {
  list({ kind }) {
    const pages = [...openLibrary().pages.values()];
    return { pages: pages.filter((page) => kind === undefined || page.kind === kind).map(infoOf) };
  },
  show({ page: id }) {
    const { pages, search } = openLibrary();
    const page = pages.get(id);
    if (!page) throw fail('page-not-found', { page: id, near: search(id, 5).map((hit) => hit.id) });
    const see = page.see.flatMap((other) => pages.get(other) ?? []).map(infoOf);
    return { page: { ...page, see } };
  },
  search({ words, limit }) {
    const asked = words.join(' ');
    return { words: asked, hits: openLibrary().search(asked, limit) };
  },
};

function infoOf({ id, kind, title, short }: Page): PageInfo {
  return { id, kind, title, short };
}
