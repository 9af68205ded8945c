import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { Failure } from '../../preload/contract/errors.ts';
import { parseFolderReference } from './kinds/folder/reference.ts';
import { parseOciReference } from './kinds/oci/reference.ts';
import { openRemote } from './open-remote.ts';
import { testContext } from './testing/fixtures.ts';

const plain = { plainHttp: false };
const hex = 'a'.repeat(64);

test.each([
  ['oci://registry.example/team/house:v2', 'https://registry.example/', 'team/house', 'v2'],
  ['oci://registry.example/house', 'https://registry.example/', 'house', 'latest'],
  ['oci://registry.example:5000/a/b/c/d', 'https://registry.example:5000/', 'a/b/c/d', 'latest'],
  ['oci://Registry.Example/x', 'https://registry.example/', 'x', 'latest'],
  ['oci://localhost/x', 'http://localhost/', 'x', 'latest'],
  ['oci://localhost:5000/x:1.0', 'http://localhost:5000/', 'x', '1.0'],
  ['oci://127.0.0.1:5000/x', 'http://127.0.0.1:5000/', 'x', 'latest'],
  ['oci://[::1]:5000/x:T_a.g-1', 'http://[::1]:5000/', 'x', 'T_a.g-1'],
  ['oci://10.0.0.5:443/x', 'https://10.0.0.5/', 'x', 'latest'],
  ['oci://h/a__b/c-d.e', 'https://h/', 'a__b/c-d.e', 'latest'],
  [`oci://h/x@sha256:${hex}`, 'https://h/', 'x', `sha256:${hex}`],
  [`oci://h/x:v1@sha256:${hex}`, 'https://h/', 'x', `sha256:${hex}`],
])('%s', (text, origin, repository, reference) => {
  const parsed = parseOciReference(text, plain);
  expect({ ...parsed, origin: parsed.origin.href }).toMatchObject({ origin, repository, reference });
});

test('plain http goes to other hosts only when that is said', () => {
  expect(parseOciReference('oci://registry.example/x', { plainHttp: true }).origin.href).toBe(
    'http://registry.example/',
  );
});

test.each([
  ['', 'it does not say what kind it is'],
  ['registry.example/x', 'it does not say what kind it is'],
  ['https://registry.example/x', 'there is no kind of remote that starts with "https:"'],
  ['s3:bucket', 'there is no kind of remote that starts with "s3:"'],
  ['OCI://h/x', 'there is no kind of remote that starts with "OCI:"'],
  ['oci:h/x', 'after "oci:" come two slashes and a host'],
  ['oci://', 'the host is missing'],
  ['oci:///x', 'the host is missing'],
  ['oci://h', 'the repository is missing after the host'],
  ['oci://h/', 'the repository is missing after the host'],
  ['oci://h/x:', '"" is no tag (1 to 128 of A-Z a-z 0-9 _ . - and no . or - first)'],
  ['oci://h/x:.a', '".a" is no tag (1 to 128 of A-Z a-z 0-9 _ . - and no . or - first)'],
  ['oci://h/x:a/b', '"a/b" is no tag (1 to 128 of A-Z a-z 0-9 _ . - and no . or - first)'],
  [`oci://h/x:${'a'.repeat(129)}`, 'is no tag (1 to 128'],
  ['oci://h/Team/x', 'the repository "Team/x" has capital letters'],
  ['oci://h/a//b', '"a//b" is no repository name (a-z 0-9, separated by . _ - or /)'],
  ['oci://h/../x', '"../x" is no repository name (a-z 0-9, separated by . _ - or /)'],
  ['oci://h/-x', '"-x" is no repository name (a-z 0-9, separated by . _ - or /)'],
  ['oci://h/x?y', 'it holds a "?" or "#"'],
  ['oci://h/x#y', 'it holds a "?" or "#"'],
  ['oci://h/a b', 'it holds a space or a backslash'],
  ['oci://h\\x/y', 'it holds a space or a backslash'],
  ['oci://h:0/x', 'the port "0" is not a number from 1 to 65535'],
  ['oci://h:99999/x', 'the port "99999" is not a number from 1 to 65535'],
  ['oci://h:/x', 'the port "" is not a number from 1 to 65535'],
  ['oci://a..b/x', '"a..b" is not a host name or address'],
  ['oci://-a/x', '"-a" is not a host name or address'],
  ['oci://[::g]/x', '"[::g]" is not a host name or address'],
  ['oci://999.1.1.1/x', '"999.1.1.1" is not a host name or address'],
  ['oci://h/x@sha256:abc', 'after "@" comes a digest: sha256: and 64 hex digits'],
  ['oci://h/x@md5:abc', 'after "@" comes a digest: sha256: and 64 hex digits'],
  ['file:', 'the folder is missing'],
  ['file://host/share', 'after two slashes comes a host, and folders on other hosts are not supported'],
  ['file:a\0b', 'it holds a NUL character'],
])('%j is refused: %s', (text, reason) => {
  const open = () => openRemote(text, testContext('/work'));
  expect(open).toThrow(Failure);
  expect(open).toThrow(reason);
  expect(open).toThrow(/; write oci:\/\/host\[:port\]\/repository\[:tag\] or file:FOLDER$/);
});

test('a password in a reference is refused and not repeated', () => {
  expect(() => openRemote('oci://ann:s3cret@h/x', testContext('/work'))).toThrow(
    '"oci://***@h/x" is not a remote: a login does not belong into the address; use `holdfast remotes login`',
  );
});

test('a tag beside the reference', () => {
  expect(parseOciReference('oci://h/x', { ...plain, tag: 'v1' }).reference).toBe('v1');
  expect(parseOciReference('oci://h/x:v1', { ...plain, tag: 'v1' }).reference).toBe('v1');
  expect(() => parseOciReference('oci://h/x:v1', { ...plain, tag: 'v2' })).toThrow(
    'it names "v1" and the option --tag "v2"',
  );
  expect(() => parseOciReference('oci://h/x', { ...plain, tag: '../x' })).toThrow('"../x" is no tag');
  expect(() => parseFolderReference('file:x', { cwd: '/', tag: '../x' })).toThrow('"../x" is no tag');
});

test.each([
  ['file:stick', '/home/ann/stick'],
  ['file:./stick/', '/home/ann/stick'],
  ['file:../stick', '/home/stick'],
  ['file:/media/usb', '/media/usb'],
  ['file:///media/usb', '/media/usb'],
  ['file:a b#c', '/home/ann/a b#c'],
  ['file:~/stick', `${homedir()}/stick`],
  ['file:~', homedir()],
])('%s is the folder %s', (text, path) => {
  expect(parseFolderReference(text, { cwd: '/home/ann' })).toEqual({ path, tag: 'latest' });
});
