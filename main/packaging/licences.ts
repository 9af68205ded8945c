import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedPackage } from './read-lock.ts';

/** Whose work is inside, and on which terms. */
export interface Notices {
  readonly packages: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string | null;
    /** Which of `texts`; null where the package carries none. */
    readonly text: number | null;
  }[];
  /** Each different text once. */
  readonly texts: readonly string[];
}

/** Reads the licence and notice files of the packages from where they are installed. */
export function collectNotices(folder: string, shipped: Iterable<LockedPackage>): Notices {
  const texts = new Map<string, number>();
  const packages = new Map<string, Notices['packages'][number]>();
  for (const { path, name, version, licence } of shipped) {
    // Builds for other platforms are in the lock and not here; their terms are those of the package they belong to.
    const text = readTexts(join(folder, path));
    if (text === undefined) continue;
    if (text !== '' && !texts.has(text)) texts.set(text, texts.size);
    packages.set(`${name}@${version}`, { name, version, licence, text: texts.get(text) ?? null });
  }
  return {
    packages: [...packages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    texts: [...texts.keys()],
  };
}

/** Undefined when the package is not installed. */
function readTexts(folder: string): string | undefined {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return undefined;
  }
  return names
    .filter((name) => /^(licen[cs]e|copying|notice|thirdpartynotices?)([.-].*)?$/i.test(name))
    .filter((name) => !/\.(json|js|ts|html)$/i.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n')
    .trim();
}
