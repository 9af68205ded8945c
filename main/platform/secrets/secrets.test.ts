import { expect, test } from 'vitest';
import { findCredential, redact, variablePart, type Keychain } from './credentials.ts';
import { systemKeychain } from './keychain.ts';

const empty: Keychain = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
};
const full: Keychain = { ...empty, get: () => Promise.resolve({ username: 'kept', password: 'k' }) };
const host = 'registry.example:5000';

test.each([
  ['registry.example:5000', 'REGISTRY_EXAMPLE_5000'],
  ['ghcr.io', 'GHCR_IO'],
  ['[::1]:5000', '1_5000'],
  ['127.0.0.1', '127_0_0_1'],
])('%s is %s in a variable', (name, part) => expect(variablePart(name)).toBe(part));

const own = {
  HOLDFAST_REGISTRY_REGISTRY_EXAMPLE_5000_USER: 'own',
  HOLDFAST_REGISTRY_REGISTRY_EXAMPLE_5000_PASSWORD: 'o',
};
const any = { HOLDFAST_REGISTRY_USER: 'any', HOLDFAST_REGISTRY_PASSWORD: 'a' };

test.each<readonly [string, NodeJS.ProcessEnv, Keychain, string | undefined]>([
  ['the variables of the host come first', { ...own, ...any }, full, 'own'],
  ['then those for any host', any, full, 'any'],
  ['then the keychain', {}, full, 'kept'],
  ['else none', {}, empty, undefined],
  ['half a pair counts as none', { HOLDFAST_REGISTRY_USER: 'any' }, full, 'kept'],
  [
    'empty counts as none',
    { HOLDFAST_REGISTRY_USER: 'any', HOLDFAST_REGISTRY_PASSWORD: '' },
    empty,
    undefined,
  ],
])('%s', async (_what, env, keychain, expected) => {
  expect((await findCredential(host, keychain, env))?.username).toBe(expected);
});

test('secrets are taken out wherever they stand', () => {
  expect(redact('a s3cret and s3cret, b.c', ['s3cret', undefined, '', '.'])).toBe('a *** and ***, b***c');
});

test('where there is no keychain, reading finds nothing and keeping says what to do instead', async () => {
  const keychain = systemKeychain();
  const name = 'holdfast-test.invalid';
  const credential = { username: 'ann', password: 'p' };
  const words = await keychain.set(name, credential).then(
    () => '',
    (error: Error) => error.message,
  );
  const kept = await keychain.get(name);
  if (!words) await keychain.delete(name);
  // On a desktop with a keychain the first, elsewhere the second.
  expect([
    [credential, ''],
    [undefined, expect.stringMatching(/set HOLDFAST_REGISTRY_USER and HOLDFAST_REGISTRY_PASSWORD instead$/)],
  ]).toContainEqual([kept, words]);
});
