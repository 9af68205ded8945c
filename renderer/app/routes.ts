import { activityPages } from '../features/activity/page.ts';
import { datasetPages } from '../features/datasets/page.ts';
import { helpPages } from '../features/help/page.ts';
import { lineagePages } from '../features/lineage/page.ts';
import { machinePages } from '../features/machine/page.ts';
import { registryPages } from '../features/registry/page.ts';
import { runPages } from '../features/runs/page.ts';
import { startPages } from '../features/start/page.ts';
import { trainingPages } from '../features/training/page.ts';
import { matchPath, type Params } from '../ui/navigation/match.ts';
import type { Page } from '../ui/navigation/page.ts';

/** Every page, in the order of a model's life; the first pattern that fits wins. */
export const pages: readonly Page[] = [
  ...startPages,
  ...datasetPages,
  ...trainingPages,
  ...runPages,
  ...registryPages,
  ...lineagePages,
  ...helpPages,
  ...activityPages,
  ...machinePages,
];

export const navPages = pages.filter((page) => page.nav);

export function findPage(path: string): { readonly page: Page; readonly params: Params } | null {
  for (const page of pages) {
    const params = matchPath(page.pattern, path);
    if (params) return { page, params };
  }
  return null;
}
