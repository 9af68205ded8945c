import { expect, test } from 'vitest';
import { jsonWithoutFolders, withoutFolders } from './without-folders.ts';

test.each([
  ['datasets import: /home/ann/my data/houses.csv', 'datasets import: my data/houses.csv'],
  ['no file at "/home/ann/my data/houses.csv"; check the path', 'no file at "houses.csv"; check the path'],
  ['bundles export: prices to /tmp/out/', 'bundles export: prices to out'],
  ['C:\\Users\\ann\\houses.csv is empty', 'houses.csv is empty'],
  ['remotes push: prices to file:/media/stick/kits', 'remotes push: prices to file:kits'],
  ['oci://localhost:5000/team/prices:v1 answered 404', 'oci://localhost:5000/team/prices:v1 answered 404'],
  ['12/31 of 3/4, and/or; split 70/15/15', '12/31 of 3/4, and/or; split 70/15/15'],
])('%s', (words, kept) => {
  expect(withoutFolders(words)).toBe(kept);
});

test('texts deep inside a value lose their folders too', () => {
  expect(jsonWithoutFolders({ a: ['/x/y/z.csv'], b: { c: '/x/y' } })).toBe('{"a":["z.csv"],"b":{"c":"y"}}');
});
