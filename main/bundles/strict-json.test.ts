import { expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const parse = (text: string): unknown => parseStrictJson(Buffer.from(text));

it('reads ordinary JSON', () => {
  const value = { a: [1, { a: 'x', b: null }], b: { a: '"a":' }, 'a\\': true, é: '{"a":1,"a":2}' };
  expect(parse(JSON.stringify(value))).toEqual(value);
});

it.each([
  ['{"a":1,"a":2}', 'the key "a" stands twice'],
  ['{"a":{"b":1,"\\u0062" :2}}', 'the key "b" stands twice'],
  ['[{"a":1},{"a":[],"c":{},"a":2}]', 'the key "a" stands twice'],
  ['{"__proto__":{}}', '"__proto__" is not allowed'],
  ['[1,]', 'it is not JSON'],
  ['', 'it is not JSON'],
  ['['.repeat(65) + ']'.repeat(65), 'nested more than 64'],
  ['\uFEFF{}', 'it is not JSON'],
])('refuses %s', (text, reason) => {
  expect(() => parse(text)).toThrow(reason);
});

it('refuses bytes that are not UTF-8', () => {
  expect(() => parseStrictJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('it is not UTF-8 text');
});
