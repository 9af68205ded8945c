/** Most files one bundle may hold. */
export const maxFiles = 10_000;

/**
 * Why a path must not be in a bundle, or undefined when it may: plain relative POSIX paths that mean the same on every
 * system. No `..`, no absolute or drive paths, no backslash, control characters, device names or names that Windows trims.
 */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.length > 240) return 'it is longer than 240 characters';
  if (hasControls(path)) return 'it holds control characters';
  if (path.includes('\\')) return 'it holds a backslash';
  if (path.includes(':')) return 'it holds a colon';
  if (path.startsWith('/')) return 'it is absolute';
  if (!path.isWellFormed() || path.normalize('NFC') !== path)
    return 'its letters are not in the composed form (NFC)';
  for (const segment of path.split('/')) {
    if (segment === '') return 'it holds an empty name';
    if (segment === '.' || segment === '..') return `it holds "${segment}"`;
    if (/[. ]$/.test(segment) || segment.startsWith(' '))
      return `"${segment}" begins or ends with a space or dot`;
    if (deviceNames.test(segment)) return `"${segment}" is the name of a device on Windows`;
  }
  return undefined;
}

const deviceNames = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

function hasControls(path: string): boolean {
  for (let at = 0; at < path.length; at += 1) {
    const code = path.charCodeAt(at);
    if (code < 32 || (code >= 127 && code < 160)) return true;
  }
  return false;
}

/** Pairs of paths that are one and the same on systems that don't tell upper from lower case. */
export function collidingPaths(paths: readonly string[]): [string, string][] {
  const seen = new Map<string, string>();
  const pairs: [string, string][] = [];
  for (const path of paths) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined && other !== path) pairs.push([other, path]);
    seen.set(folded, path);
  }
  return pairs;
}

/** Code-unit order: the same everywhere, whatever the locale. */
export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
