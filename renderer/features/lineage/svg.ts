import type { OutputOf } from '../../api/methods.ts';
import { kindOf, labelOf } from './kinds.ts';
import { nodeHeight, nodeWidth, type Layout } from './layout.ts';

interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly dim: string;
  readonly line: string;
  readonly accent: string;
}

/** For a page of a report, whatever the theme of the screen. */
const onPaper: Colours = {
  paper: '#ffffff',
  ink: '#1b2126',
  dim: '#56616a',
  line: '#8d979f',
  accent: '#0b66a3',
};

/** The drawn graph as an SVG file of its own: text stays text. Nodes and links of `marked` are drawn in the accent. */
export function svgOf(
  graph: Pick<OutputOf<'lineage.show'>, 'nodes' | 'edges'>,
  { places, width, height, direction }: Layout,
  marked: ReadonlySet<string> = new Set(),
  { paper, ink, dim, line, accent }: Colours = onPaper,
): string {
  const edges = graph.edges.flatMap(({ from, to }) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) return [];
    const across = direction === 'LR';
    const [x1, y1] = across
      ? [a.x + nodeWidth, a.y + nodeHeight / 2]
      : [a.x + nodeWidth / 2, a.y + nodeHeight];
    const [x2, y2] = across ? [b.x, b.y + nodeHeight / 2] : [b.x + nodeWidth / 2, b.y];
    const bend = across
      ? `${(x1 + x2) / 2},${y1} ${(x1 + x2) / 2},${y2}`
      : `${x1},${(y1 + y2) / 2} ${x2},${(y1 + y2) / 2}`;
    const isMarked = marked.has(from) && marked.has(to);
    return `<path d="M${x1},${y1} C${bend} ${x2},${y2}" fill="none" stroke="${isMarked ? accent : line}" stroke-width="${isMarked ? 2 : 1}" marker-end="url(#arrow)"/>`;
  });
  const nodes = graph.nodes.flatMap((node) => {
    const at = places.get(node.id);
    if (!at) return [];
    const stroke = marked.has(node.id) ? accent : line;
    return [
      `<g transform="translate(${at.x},${at.y})"><title>${escaped(`${kindOf(node)} ${labelOf(node)}`)}</title>`,
      `<rect width="${nodeWidth}" height="${nodeHeight}" rx="4" fill="${paper}" stroke="${stroke}"/>`,
      `<text x="10" y="17" font-size="11" fill="${dim}">${escaped(kindOf(node))}</text>`,
      `<text x="10" y="34" font-size="13" fill="${ink}">${escaped(cut(labelOf(node)))}</text></g>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 16}" height="${height + 16}" viewBox="0 0 ${width + 16} ${height + 16}" font-family="system-ui, sans-serif">`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="${line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    ...edges,
    ...nodes,
    '</svg>',
    '',
  ].join('\n');
}

const longest = 25;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function escaped(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
