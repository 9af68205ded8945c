import type { Page } from './page.ts';

/** A document of the manual: its first heading is its title, its first sentence says what it is about. */
export function readDocument(id: string, file: string): Page {
  const lines = file.replaceAll('\r\n', '\n').split('\n');
  const at = lines.findIndex((line) => line.startsWith('# '));
  const text = lines
    .slice(at + 1)
    .join('\n')
    .trim();
  return {
    id,
    kind: 'document',
    title: at < 0 ? id : (lines[at] ?? '').slice(2).trim(),
    short: firstSentence(text),
    text,
    formula: null,
    drawing: null,
    example: null,
    see: [],
  };
}

function firstSentence(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n|\n(?=[#|>`-])/, 1);
  const plain = paragraph
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ');
  return /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain;
}
