import { fail } from '../../../preload/contract/errors.ts';

const limits = { segment: 255, path: 1000, depth: 32 };
const reserved =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;
// Control characters, what Windows forbids, what a broken encoding leaves, and what turns text around on the screen.
const forbidden = /[\p{Cc}<>:"|?*\\\ufffd\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Why a path may not be in a bundle; the verdict is the same on every system. Undefined when it may. */
export function nameProblem(path: string): string | undefined {
  if (path === '') return 'it has no name';
  if (path.startsWith('/')) return 'it is an absolute path';
  if (path.includes('\\')) return 'it holds a backslash';
  if (/^[a-z]:/i.test(path)) return 'it names a drive';
  if (path.includes('\0')) return 'it holds a NUL character';
  if (Buffer.byteLength(path) > limits.path) return `it is longer than ${limits.path} bytes`;
  const segments = path.split('/');
  if (segments.length > limits.depth) return `it is deeper than ${limits.depth} folders`;
  for (const segment of segments) {
    if (segment === '..') return 'it leads outside';
    if (segment === '' || segment === '.') return 'it is not written in its plain form';
    if (Buffer.byteLength(segment) > limits.segment)
      return `a part of it is longer than ${limits.segment} bytes`;
    if (forbidden.test(segment)) return 'it holds a character that not every system allows';
    if (/[. ]$/.test(segment)) return 'a part of it ends with a dot or space';
    if (reserved.test(segment)) return `"${segment}" is a device on some systems`;
  }
  return undefined;
}

/** Same for names that some file system takes for the same: by case (APFS, NTFS) or composition (NFC, NFD). */
function folded(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

export type EntryKind = 'file' | 'folder';

/** All paths of one bundle, each once. */
export interface EntryNames {
  /** Throws `archive-refused`. Says which folders above have to be made first. */
  add(path: string, kind: EntryKind): readonly string[];
}

export function createEntryNames(limit = 10_000): EntryNames {
  const taken = new Map<string, { readonly path: string; readonly kind: EntryKind }>();
  let entries = 0;

  return {
    add(path, kind) {
      const refuse = (reason: string) => fail('archive-refused', { entry: path.slice(0, 200), reason });
      entries++;
      if (entries > limit) throw refuse(`there are more than ${limit} entries`);
      const problem = nameProblem(path);
      if (problem !== undefined) throw refuse(problem);

      const missing: string[] = [];
      const segments = path.split('/');
      for (let depth = 1; depth <= segments.length; depth++) {
        const part = segments.slice(0, depth).join('/');
        const last = depth === segments.length;
        const present = taken.get(folded(part));
        if (!present) {
          taken.set(folded(part), { path: part, kind: last ? kind : 'folder' });
          if (!last) missing.push(part);
          continue;
        }
        if (present.path !== part) throw refuse(`"${present.path}" is the same name on some systems`);
        if (!last && present.kind === 'file') throw refuse(`"${part}" is a file`);
        // Layers repeat the folders above their files; a file comes once.
        if (last && !(kind === 'folder' && present.kind === 'folder')) throw refuse('it is there twice');
      }
      return missing;
    },
  };
}
