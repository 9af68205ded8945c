import { expect, test } from 'vitest';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import { fitZoom, layOut } from './layout.ts';
import { outlineOf } from './outline-rows.ts';
import { svgOf } from './svg.ts';

const node = (id: string): LineageNode => ({ id, kind: 'run', label: id, facts: {}, at: null });
const edge = (from: string, to: string) => ({ from, to, how: 'made' });
const diamond = {
  nodes: ['source', 'a', 'b', 'end', 'after'].map(node),
  edges: [edge('source', 'a'), edge('source', 'b'), edge('a', 'end'), edge('b', 'end'), edge('end', 'after')],
};

test('every node is told, shared ones once in full', () => {
  const rows = outlineOf(diamond).map(({ node: { id }, depth, again }) => `${depth}${id}${again ? '*' : ''}`);
  expect(rows).toEqual(['0source', '1a', '2end', '3after', '1b', '2end*']);
});

test('a circle does not hang, and nobody is left out', () => {
  const rows = outlineOf({ nodes: ['x', 'y'].map(node), edges: [edge('x', 'y'), edge('y', 'x')] });
  expect(new Set(rows.map((row) => row.node.id))).toEqual(new Set(['x', 'y']));
});

test('what came later stands further right, and no two nodes lie on each other', () => {
  const { places } = layOut(diamond, 'LR');
  const x = (id: string) => places.get(id)?.x ?? Number.NaN;
  expect(x('source')).toBeLessThan(x('a'));
  expect(x('a')).toBe(x('b'));
  expect(x('end')).toBeLessThan(x('after'));
  expect(Math.abs((places.get('a')?.y ?? 0) - (places.get('b')?.y ?? 0))).toBeGreaterThanOrEqual(44);
});

test('a long chain is laid down where the window is high, across where it is wide', () => {
  const chain = {
    nodes: ['a', 'b', 'c', 'd', 'e', 'f'].map(node),
    edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('d', 'e'), edge('e', 'f')],
  };
  const across = layOut(chain, 'LR');
  const down = layOut(chain, 'TB');
  expect(fitZoom(down, 500, 800)).toBeGreaterThan(fitZoom(across, 500, 800));
  expect(fitZoom(across, 1600, 200)).toBeGreaterThan(fitZoom(down, 1600, 200));
});

test('a folded row hides what stands below it, and says that there is something', () => {
  const rows = outlineOf(diamond);
  const a = rows.find(({ node: { id } }) => id === 'a');
  const folded = outlineOf(diamond, new Set([a?.key ?? '']));
  expect(folded.map(({ node: { id } }) => id)).toEqual(['source', 'a', 'b', 'end']);
  expect(folded.find(({ node: { id } }) => id === 'a')?.hasChildren).toBe(true);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('the picture holds every node and link as text, escaped', () => {
  const hostile = { ...diamond, nodes: diamond.nodes.map((one) => ({ ...one, label: `<b>"${one.id}"&` })) };
  const svg = svgOf(hostile, layOut(hostile, 'LR'), new Set(['a', 'end']));
  expect(svg.match(/<g /g)).toHaveLength(5);
  expect(svg.match(/<path /g)).toHaveLength(6);
  expect(svg).toContain('&lt;b&gt;&quot;source&quot;&amp;');
  expect(svg).not.toContain('<b>');
  expect(svg.match(/stroke-width="2"/g)).toHaveLength(1);
});
