import { activityPages } from '../features/activity/page.ts';
import { checkPages } from '../features/checks/page.ts';
import { datasetPages } from '../features/datasets/page.ts';
import { galleryPages } from '../features/gallery/page.ts';
import { helpPages } from '../features/help/page.ts';
import { lineagePages } from '../features/lineage/page.ts';
import { machinePages } from '../features/machine/page.ts';
import { queryPages } from '../features/query/page.ts';
import { registryPages } from '../features/registry/page.ts';
import { runPages } from '../features/runs/page.ts';
import { settingsPages } from '../features/settings/page.ts';
import { startPages } from '../features/start/page.ts';
import { sweepPages } from '../features/sweeps/page.ts';
import { trainingPages } from '../features/training/page.ts';
import { matchPath, objectPath, type Params } from '../ui/navigation/match.ts';
import type { Page } from '../ui/navigation/page.ts';
import type { Tab } from '../ui/navigation/tab-list.ts';

/** Every page, in the order of a model's life; the first pattern that fits wins. */
export const pages: readonly Page[] = [
  ...startPages,
  ...queryPages,
  ...datasetPages,
  ...checkPages,
  ...trainingPages,
  ...sweepPages,
  ...runPages,
  ...registryPages,
  ...lineagePages,
  ...galleryPages,
  ...helpPages,
  ...activityPages,
  ...machinePages,
  ...settingsPages,
];

export const navPages = pages.filter((page) => page.nav);

export function findPage(path: string): { readonly page: Page; readonly params: Params } | null {
  for (const page of pages) {
    const params = matchPath(page.pattern, path);
    if (params) return { page, params };
  }
  return null;
}

/** The page of the side list that a path belongs to. */
export function stageOf(path: string): Page | undefined {
  const root = `/${path.split('/')[1] ?? ''}`;
  return navPages.find(({ pattern }) => pattern === root);
}

/** The tab of the object that stands at a place (path and query); null where none does. */
export function tabAt(place: string): Tab | null {
  const path = place.split('?', 1)[0] ?? '';
  const found = findPage(path);
  const name = found?.page.tab;
  if (!found || !name) return null;
  const key = objectPath(found.page.pattern, path);
  const byHead = name === 'head';
  const title = byHead ? (Object.values(found.params)[0] ?? key) : name(found.params);
  return { key, path: place, title, byHead };
}
