import { expect, test } from 'vitest';
import { linkText, readLink } from './links.ts';

test.each([
  { workspace: 'ws_1', path: '/runs/run_1', at: null, query: {} },
  { workspace: 'ws_0q', path: '/data/houses@3/profile', at: 'column-sq ft?&', query: {} },
  { workspace: 'ws_1', path: '/data/a%2Fb@1', at: null, query: { where: 'x > 1' } },
  { workspace: 'ws_1', path: '/', at: null, query: {} },
])('a link says the same when it is read: $path', (link) => {
  expect(readLink(linkText(link))).toEqual(link);
});

test.each([
  '',
  'houses',
  'https://example.org/ws_1/data',
  'holdfast://app/index.html',
  'holdfast://ws_1\n/data',
  'holdfast://ws_1/data/<two words>',
  'javascript:holdfast://ws_1/data',
  `holdfast://ws_1/${'x'.repeat(2000)}`,
])('%s is no link of ours', (text) => {
  expect(readLink(text)).toBeNull();
});
