import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockFile, LockedPackage } from './read-lock.ts';

/** The runtime around the app: a tool while it is built, a part of it when it is packed. */
const runtimes = ['electron'];

/**
 * Whose code may be inside an installed Holdfast: every package that production asks for, those that the page's sources import
 * (they are bundled, and so only needed while it is built), and all that these need in turn.
 */
export function shippedPackages(folder: string, lock: LockFile): ReadonlySet<LockedPackage> {
  const shipped = new Set<LockedPackage>();
  const add = (path: string): void => {
    const found = lock.packages.get(path);
    if (!found || shipped.has(found)) return;
    shipped.add(found);
    if (!runtimes.includes(found.name)) found.needs.forEach(add);
  };
  lock.roots.forEach(add);
  for (const name of [...importedByPage(folder), ...runtimes]) add(`node_modules/${name}`);
  return shipped;
}

/** Names of the packages that sources under `renderer/` and `preload/` import; types and tests aside. */
function importedByPage(folder: string): readonly string[] {
  const names = new Set<string>();
  for (const side of ['renderer', 'preload']) {
    for (const file of readdirSync(join(folder, side), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || /\.(test|d)\.tsx?$/.test(file)) continue;
      const text = readFileSync(join(folder, side, file), 'utf8');
      for (const [, from = ''] of text.matchAll(
        /(?:^\s*(?:import|export)\s(?!type\s)[^'"]*?from\s+|import\(\s*|^\s*import\s+)['"]([^'".][^'"]*)['"]/gm,
      )) {
        names.add(from.split('/', from.startsWith('@') ? 2 : 1).join('/'));
      }
    }
  }
  return [...names].toSorted();
}
