import { LineCounter, parseAllDocuments, visit } from 'yaml';
import { fail } from '../../preload/contract/errors.ts';

const largest = 1024 * 1024;

/**
 * One YAML 1.2 document as plain data. Refused, with line and column: what is not YAML, a key twice, a key that is not text,
 * a tag, an anchor or alias (a few lines of them can stand for gigabytes), a second document, more than a megabyte.
 */
export function readYaml(text: string): unknown {
  const lines = new LineCounter();
  const refuse = (reason: string, offset: number) => {
    const { line, col } = lines.linePos(offset);
    return fail('recipe-unreadable', { line: Math.max(1, line), column: Math.max(1, col), reason });
  };
  if (text.length > largest) {
    throw fail('recipe-unreadable', { line: 1, column: 1, reason: 'it is larger than a megabyte' });
  }
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    stringKeys: true,
    version: '1.2',
    schema: 'core',
  });
  if (!Array.isArray(documents) || documents.length === 0) return null;
  const [document, second] = documents;
  if (!document) return null;
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw refuse(plain(fault.message), fault.pos[0]);
  if (second) throw refuse('a second document begins', second.range[0]);
  visit(document, {
    Alias: (_, node) => {
      throw refuse(`alias "*${node.source}" is not allowed`, node.range?.[0] ?? 0);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined)
        throw refuse(`anchor "&${node.anchor}" is not allowed`, node.range?.[0] ?? 0);
      if (node.tag?.startsWith('!')) throw refuse(`tag "${node.tag}" is not allowed`, node.range?.[0] ?? 0);
    },
  });
  return document.toJS({ maxAliasCount: 0 });
}

function plain(message: string): string {
  const first = (message.split('\n')[0] ?? '').replace(/[.:]$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
