/** A piece of a page under one heading, as plain text for searching. */
export interface Section {
  /** Empty for what stands before the first heading. */
  readonly heading: string;
  readonly text: string;
}

/** Cuts Markdown at its headings (outside code) and takes the marks away that nobody would search for. */
export function sectionsOf(markdown: string): Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    if (/^(```|~~~)/.test(line)) {
      inCode = !inCode;
      continue;
    }
    const heading = inCode ? undefined : /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    if (heading === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ heading: plain(heading), lines: [] });
  }
  return sections
    .map(({ heading, lines }) => ({ heading, text: plain(lines.join('\n')) }))
    .filter(({ heading, text }) => heading !== '' || text !== '');
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/gm, ' ')
    .replaceAll(/\*\*|`|^>\s?|^\s*[-*]\s+/gm, '')
    .replaceAll('|', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
