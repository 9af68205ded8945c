import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Entry = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().default(false),
  devOptional: z.boolean().default(false),
  optional: z.boolean().default(false),
  link: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});
const Lock = z.object({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), Entry),
});

/** One package at one place of the lock. */
export interface LockedPackage {
  /** `node_modules/a/node_modules/b` */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as its author declares it; null where none is. */
  readonly licence: string | null;
  /** Subresource integrity: `sha512-...`. */
  readonly integrity: string | null;
  readonly dev: boolean;
  /** Paths of what it needs, as Node would find them. */
  readonly needs: readonly string[];
}

export interface LockFile {
  readonly name: string;
  readonly version: string;
  /** What the project itself asks for, by path. */
  readonly roots: readonly string[];
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

/** Reads `package-lock.json` of a project folder. */
export function readLock(folder: string): LockFile {
  const lock = Lock.parse(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')));
  const find = (from: string, name: string): string | undefined => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules') - 1))) {
      const path = `${at}${at ? '/' : ''}node_modules/${name}`;
      if (Object.hasOwn(lock.packages, path)) return path;
      if (at === '') return undefined;
    }
  };
  const packages = new Map<string, LockedPackage>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link) continue;
    const wanted = { ...entry.peerDependencies, ...entry.optionalDependencies, ...entry.dependencies };
    packages.set(path, {
      path,
      name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      licence: entry.license ?? null,
      integrity: entry.integrity ?? null,
      dev: entry.dev || entry.devOptional,
      needs: Object.keys(wanted).flatMap((name) => find(path, name) ?? []),
    });
  }
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[''] ?? {};
  const roots = Object.keys({ ...dependencies, ...optionalDependencies }).flatMap(
    (name) => find('', name) ?? [],
  );
  return { name: lock.name, version: lock.version, roots, packages };
}
