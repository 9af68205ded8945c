import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { version } from './version.ts';

let known: string | undefined;

/**
 * Which code did the work: the version and twelve digits of a SHA-256 over every source file that can change a result (all of `main`
 * and the contract, tests aside; in the built app, its bundle) and the pinned packages. Computed once, on first use.
 */
export function codeIdentity(): string {
  known ??= `${version}+${hashSources(sourceRoot()).slice(0, 12)}`;
  return known;
}

/** `main/app/code-identity.ts` stands two folders below the root; the bundle stands in one folder of its own. */
function sourceRoot(): string {
  const here = import.meta.dirname;
  return here.endsWith(join('main', 'app')) ? dirname(dirname(here)) : here;
}

function hashSources(root: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return [entry.name];
    const inside =
      entry.name === 'main' ? [entry.name] : entry.name === 'preload' ? [join(entry.name, 'contract')] : [];
    return inside.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    );
  });
  for (const name of files.filter(isCode).toSorted()) {
    hash
      .update(`${name.split(sep).join('/')}\0`)
      .update(readFileSync(join(root, name)))
      .update('\0');
  }
  return hash.digest('hex');
}

function isCode(name: string): boolean {
  return (
    name === 'package-lock.json' || (/\.[mc]?[jt]s$/.test(name) && !/\.(test|fixture|config)\.ts$/.test(name))
  );
}
