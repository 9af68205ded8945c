import { expect, test } from 'vitest';
import { headingId, pageLink } from './page-link.ts';

test.each([
  ['snapshots.md', '/learn/snapshots'],
  ['../recipes.md', '/learn/recipes'],
  ['concepts/roc-curve.md#top', '/learn/roc-curve?at=top'],
  ['#steps', '/learn/recipes?at=steps'],
  ['https://example.org/a.md', null],
  ['mailto:a@example.org', null],
  // oxlint-disable-next-line no-script-url -- what a hostile document would try
  ['javascript:alert(1)', null],
])('%s leads to %s', (href, path) => expect(pageLink(href, 'recipes')).toBe(path));

test('headings are named as elsewhere', () => {
  expect(headingId('What it is, and how it holds')).toBe('what-it-is-and-how-it-holds');
});
