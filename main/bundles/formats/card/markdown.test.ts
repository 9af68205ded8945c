import { expect, it } from 'vitest';
import { escapeMarkdown, markdownTable } from './markdown.ts';

it.each([
  ['plain words, a-b and snake_case', 'plain words, a-b and snake_case'],
  ['2026-03-04', '2026-03-04'],
  ['# heading', String.raw`\# heading`],
  ['- item', String.raw`\- item`],
  ['1. item', String.raw`1\. item`],
  ['two\nlines', 'two lines'],
  ['*bold* _em_ `code`', String.raw`\*bold\* \_em\_ \`code\``],
  ['[a](javascript:alert(1))', String.raw`\[a\](javascript:alert(1))`],
  ['<script>&amp;', '&lt;script&gt;&amp;amp;'],
  ['https://evil.example', String.raw`https\://evil.example`],
  ['www.evil.example', String.raw`www\.evil.example`],
  ['a | b', String.raw`a \| b`],
])('shows %j as it is', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

it('makes a table that no cell can break', () => {
  expect(markdownTable(['a'], [['x | y\n| z']])).toBe('| a |\n| --- |\n| x \\| y \\| z |');
});
