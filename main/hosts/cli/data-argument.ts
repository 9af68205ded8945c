import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { fail } from '../../../preload/contract/errors.ts';
import { systemCode } from '../../platform/files/index.ts';
import { UsageError } from './usage-error.ts';

/** `{"json": "here"}`, or the name of a JSON or YAML file, with or without `@` before it. */
export async function readData(text: string, name: string): Promise<unknown> {
  const inline = /^\s*[[{]/.test(text);
  const path = text.replace(/^@/, '');
  const source = inline ? text : await readTextFile(path);
  const document = parseDocument(source);
  const [error] = document.errors;
  if (!error) return document.toJS({ maxAliasCount: 100 }) as unknown;
  const where = inline ? `${name}: not JSON` : `${name}: "${path}" is neither JSON nor YAML`;
  throw new UsageError(`${where}: ${error.message.split('\n', 1)[0] ?? ''}`);
}

/** A whole text file of the user's. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const code = systemCode(error) ?? 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw fail('file-not-found', { path }, error);
    const words = code === 'EISDIR' ? 'it is a folder' : code;
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : words;
    throw fail('file-unreadable', { path, reason }, error);
  }
}
