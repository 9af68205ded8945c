import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { Opening } from '../../../preload/contract/bridge.ts';
import { readLink } from '../../../preload/contract/links.ts';

/** What a word on the command line, a double click or a link asks for. */
export type Asked = Opening | { readonly kind: 'workspace'; readonly dir: string };

/** Tables that the system hands over; the import itself reads more. */
const tables: ReadonlySet<string> = new Set([
  '.csv', '.tsv', '.txt', '.parquet', '.arrow', '.feather', '.json', '.jsonl', '.ndjson', '.xlsx', '.gz',
]); // prettier-ignore

/**
 * Reads one word: a link, a workspace's folder, its `workspace.sqlite`, a `.holdfast` file in it (which only says "here"; its content
 * is never read), or a table. Undefined for everything else, options among it.
 */
export function askedFor(word: string, from: string): Asked | undefined {
  if (word.startsWith('-')) return undefined;
  if (word.startsWith('holdfast:')) return readLink(word) ? { kind: 'link', text: word } : undefined;
  const path = resolve(from, word);
  if (isWorkspace(path)) return { kind: 'workspace', dir: path };
  const folder = dirname(path);
  const extension = extname(path).toLowerCase();
  if (extension === '.holdfast' || path.endsWith('workspace.sqlite')) {
    return isWorkspace(folder) ? { kind: 'workspace', dir: folder } : undefined;
  }
  return tables.has(extension) && existsSync(path) ? { kind: 'table', path } : undefined;
}

/** The first word of a command line that asks for something. */
export function askedIn(words: readonly string[], from: string): Asked | undefined {
  for (const word of words) {
    const asked = askedFor(word, from);
    if (asked) return asked;
  }
  return undefined;
}

function isWorkspace(folder: string): boolean {
  return existsSync(join(folder, 'workspace.sqlite'));
}
