import { expect, test } from 'vitest';
import { Failure } from '../../../preload/contract/errors.ts';
import { checkHint, guardedLookup, isLoopbackHost } from './addresses.ts';

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '[::1]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'registry.localhost',
  '[::ffff:127.0.0.1]',
])('%s is this machine', (host) => expect(isLoopbackHost(host)).toBe(true));

test.each([
  '128.0.0.1',
  '10.0.0.1',
  '0.0.0.0',
  'localhost.example',
  '127.0.0.1.example',
  'mylocalhost',
  '[::2]',
  '[fe80::1]',
  '',
])('%s is not', (host) => expect(isLoopbackHost(host)).toBe(false));

/** Why `checkHint` refuses, undefined when it doesn't. */
function refused(from: string, to: string): unknown {
  try {
    return checkHint(new URL(from), new URL(to));
  } catch (error) {
    return error instanceof Failure && error.code === 'remote-redirect' ? error.details['reason'] : error;
  }
}

const https = 'https://registry.example/v2/';
const local = 'http://127.0.0.1:5000/v2/';

test.each([
  [https, 'https://cdn.example/blob', undefined],
  [https, 'https://10.1.2.3/blob', undefined],
  [local, 'http://127.0.0.1:6000/blob', undefined],
  [local, 'https://cdn.example/blob', undefined],
  ['http://registry.example/', 'https://registry.example/', undefined],
  [https, 'http://cdn.example/blob', 'it leads from https to plain http'],
  [https, 'http://registry.example/blob', 'it leads from https to plain http'],
  [https, 'https://127.0.0.1/blob', 'a remote host may not point to this machine'],
  [https, 'https://localhost:5000/blob', 'a remote host may not point to this machine'],
  [https, 'https://[::1]/blob', 'a remote host may not point to this machine'],
  [https, 'https://[::ffff:7f00:1]/blob', 'a remote host may not point to this machine'],
  [https, 'https://2130706433/blob', 'a remote host may not point to this machine'],
  [https, 'https://0x7f.1/blob', 'a remote host may not point to this machine'],
  [https, 'https://0/blob', 'link-local and metadata addresses are never followed'],
  [https, 'https://169.254.169.254/latest', 'link-local and metadata addresses are never followed'],
  [https, 'https://[fe80::1]/x', 'link-local and metadata addresses are never followed'],
  [https, 'https://[fd00:ec2::254]/latest', 'link-local and metadata addresses are never followed'],
  [https, 'https://100.100.100.200/latest', 'link-local and metadata addresses are never followed'],
  [local, 'http://169.254.169.254/latest', 'link-local and metadata addresses are never followed'],
  [https, 'https://ann:secret@cdn.example/', 'it carries a login inside the address'],
  [https, 'ftp://cdn.example/', 'the scheme ftp: is not http or https'],
  [https, 'data:text/plain,x', 'the scheme data: is not http or https'],
])('from %s to %s: %s', (from, to, reason) => {
  expect(refused(from, to)).toBe(reason);
});

const lookUp = (from: string): Promise<unknown> =>
  new Promise((resolve) => {
    guardedLookup(new URL(from))('localhost', { all: true }, (error, addresses) =>
      resolve(error ?? addresses),
    );
  });

test('a name that resolves to this machine is refused when it is connected to', async () => {
  expect(await lookUp(https)).toMatchObject({ code: 'remote-redirect', details: { to: 'localhost' } });
  expect(await lookUp(local)).toContainEqual(
    expect.objectContaining({ address: expect.stringMatching(/^(127\.|::1)/) }),
  );
});
