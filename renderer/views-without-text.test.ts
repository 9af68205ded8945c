import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync, type ESTree } from 'vite';
import { expect, test } from 'vitest';

/** The same in every language: names, and codes that attributes of these names hold besides text. */
const nameless: ReadonlySet<string> = new Set([
  'Holdfast',
  'SHA-256',
  'PSI',
  'JS',
  'file',
  'folder',
  'new-folder',
  'lineage.ndjson',
  '&nbsp;',
]);

/** What people read or hear, as an attribute of an element or as a part of what describes one (a column, an action, a seal). */
const read: ReadonlySet<string> = new Set([
  'about',
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'label',
  'message',
  'nothingFound',
  'placeholder',
  'title',
  'what',
]);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isNode);
}

/** The text that an expression would show as it stands: a literal, a template, or either branch of a choice. */
function literalsIn(node: unknown): readonly string[] {
  if (!isNode(node)) return [];
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? [node['value']] : [];
  if (node.type === 'TemplateLiteral') {
    const parts = node['quasis'] as readonly { readonly value: { readonly raw: string } }[];
    return parts.map(({ value }) => value.raw);
  }
  if (node.type === 'ConditionalExpression') {
    return [...literalsIn(node['consequent']), ...literalsIn(node['alternate'])];
  }
  if (node.type === 'LogicalExpression') return literalsIn(node['right']);
  if (node.type === 'JSXExpressionContainer' || node.type === 'TSAsExpression') {
    return literalsIn(node['expression']);
  }
  return [];
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  const name = node['name'] ?? node['value'];
  return typeof name === 'string' ? name : '';
}

/** Two letters after each other are a word; signs, units of one letter and numbers are none. */
const isText = (text: string): boolean => /\p{L}{2}/u.test(text) && !nameless.has(text);

function textIn(node: Node): readonly string[] {
  const own: readonly string[] =
    node.type === 'JSXText'
      ? [String(node['value'])]
      : node.type === 'JSXAttribute' && read.has(nameOf(node['name']))
        ? literalsIn(node['value'])
        : node.type === 'Property' && read.has(nameOf(node['key'])) && nameOf(node['key']) !== 'alt'
          ? literalsIn(node['value'])
          : node.type === 'JSXElement' || node.type === 'JSXFragment'
            ? (node['children'] as readonly unknown[]).flatMap((child) =>
                isNode(child) && child.type === 'JSXExpressionContainer' ? literalsIn(child) : [],
              )
            : [];
  return [...own.filter(isText).map((text) => text.trim()), ...childrenOf(node).flatMap(textIn)];
}

function textOfFile(file: string, source: string): readonly string[] {
  const { program, errors } = parseSync(file, source, { sourceType: 'module' });
  expect(errors, file).toEqual([]);
  return textIn(program as ESTree.Program & Node);
}

const views = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(sep).join('/'))
  .filter((name) => /\.tsx?$/.test(name) && !/words\.ts$|\.test\.tsx?$|\.fixture\.ts$|\.d\.ts$/.test(name));

const found = views.map((view) => ({
  view,
  texts: textOfFile(view, readFileSync(join(import.meta.dirname, view), 'utf8')),
}));

test('what shows text of its own is seen', () => {
  const source = `
    const view = <p title="one" className="no">two {'three'} {n} {a ? 'four' : words.x} {\`\${n} five\`}
      <A label={'six'} columns={[{ id: 'no', title: 'seven', render: () => <b>· 8 %</b> }]} what={words.ok} /></p>;`;
  expect(textOfFile('x.tsx', source).toSorted()).toEqual([
    'five',
    'four',
    'one',
    'seven',
    'six',
    'three',
    'two',
  ]);
});

/** All text stands in message files (`words.ts`), in every language. */
test('no view holds text of its own', () => {
  expect(views.length).toBeGreaterThan(100);
  expect(
    found.flatMap(({ view, texts }) => texts.map((text) => `${view}: "${text}" belongs into words.ts`)),
  ).toEqual([]);
});
