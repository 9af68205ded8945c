import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../platform/files/index.ts';
import { oracles, runOracle } from '../../testing/python-oracle.ts';
import { publicKeyFrom } from './dsse.ts';
import { ensureSigningKey, readSigningKey } from './signing-key.ts';
import { readSignature, writeSignature } from './signature.ts';
import { readTrustedKeys, trustKey } from './trusted-keys.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-signing-'));
});
afterEach(async () => rm(folder, { recursive: true }));

const contents = { MLmodel: 'flavors: {}\n', 'a.b/c': 'one', 'a/b/c.txt': 'two', 'data/é ü.arrow': 'three' };
const files = Object.entries(contents).map(([path, text]) => ({ path, sha256: sha256(text) }));
const byPath = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
const clock = { now: () => '2026-01-02T03:04:05.678Z' };

/** Changes the signed statement inside a signature. */
const payload = (change: (statement: string) => string) => (bundle: string) =>
  bundle.replace(/"payload":"([^"]+)"/, (_, text: string) => {
    const statement = change(Buffer.from(text, 'base64').toString());
    return `"payload":"${Buffer.from(statement).toString('base64')}"`;
  });

/** A model folder as foreign tools see it. */
const write = async (): Promise<string> => {
  const model = join(folder, 'houses');
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(join(model, path, '..'), { recursive: true });
    await writeFile(join(model, path), text);
  }
  return model;
};

/** A good signature, changed. */
const edited = async (edit: (bundle: string) => string): Promise<Uint8Array> =>
  Buffer.from(edit(writeSignature('houses', files, await ensureSigningKey(folder))));

describe('the signing key', () => {
  it('is made once, readable by its owner alone', async () => {
    const config = join(folder, 'config');
    expect(await readSigningKey(config)).toBeUndefined();
    const [one, two] = await Promise.all([ensureSigningKey(config), ensureSigningKey(config)]);
    expect(two.fingerprint).toBe(one.fingerprint);
    expect((await ensureSigningKey(config)).fingerprint).toBe(one.fingerprint);
    expect((await stat(join(config, 'signing-key.pem'))).mode & 0o777).toBe(0o600);
    expect(one.fingerprint).toBe(sha256(one.publicKey.export({ type: 'spki', format: 'der' })));
  });

  it.each([
    ['not a key', 'not a key at all'],
    [
      'a key of another kind',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
  ])('is refused when the file is %s', async (_, pem) => {
    await writeFile(join(folder, 'signing-key.pem'), pem);
    await expect(ensureSigningKey(folder)).rejects.toMatchObject({ code: 'signing-key-unusable' });
  });
});

describe('trusted keys', () => {
  it('keep their name and date; trusting again renames', async () => {
    const { publicKey, fingerprint } = await ensureSigningKey(folder);
    expect(await readTrustedKeys(folder)).toEqual([]);
    await trustKey(folder, publicKey, 'Ana', clock);
    await trustKey(folder, publicKey, 'Ana Lopez', { now: () => '2027-01-01T00:00:00.000Z' });
    expect(await readTrustedKeys(folder)).toMatchObject([
      { fingerprint, name: 'Ana Lopez', added: clock.now() },
    ]);
  });

  it.each([
    ['{"version":1,"keys":[],"keys":[]}', 'stands twice'],
    ['{"version":2,"keys":[]}', 'version'],
  ])('are refused when the list is %s', async (text, reason) => {
    await writeFile(join(folder, 'trusted-keys.json'), text);
    await expect(readTrustedKeys(folder)).rejects.toThrow(reason);
  });

  it('are refused when a key does not have the fingerprint beside it', async () => {
    const { publicKey } = await ensureSigningKey(folder);
    await trustKey(folder, publicKey, 'Ana', clock);
    const path = join(folder, 'trusted-keys.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"fingerprint": "[0-9a-f]{4}/, '"fingerprint": "0000'));
    await expect(readTrustedKeys(folder)).rejects.toThrow('does not have the fingerprint beside it');
  });
});

describe('a signature', () => {
  it('gives back the files and the key, whatever order they came in', async () => {
    const key = await ensureSigningKey(folder);
    const read = readSignature(Buffer.from(writeSignature('houses', files.toReversed(), key)));
    expect(read).toMatchObject({ name: 'houses', fingerprint: key.fingerprint, files: byPath });
  });

  it('is refused with a public key in another form than the one it has', async () => {
    const { publicKey } = await ensureSigningKey(folder);
    const der = publicKey.export({ type: 'spki', format: 'der' });
    expect(publicKeyFrom(der)?.equals(publicKey)).toBe(true);
    // Unused bits of the bit string: OpenSSL clears that many of the last bits, and so finds the same key in some.
    for (let unused = 1; unused < 256; unused += 1) {
      const odd = Buffer.from(der);
      odd[25] = unused;
      expect(publicKeyFrom(odd)).toBeUndefined();
    }
  });

  it('is refused after a single bit in any byte of it was flipped', async () => {
    const good = Buffer.from(writeSignature('houses', files, await ensureSigningKey(folder)));
    const believed: number[] = [];
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << ((at * 5) & 7));
      try {
        readSignature(bad);
        believed.push(at);
      } catch {
        // Refused, as it should be.
      }
    }
    expect(believed).toEqual([]);
  });

  it.each([
    ['another media type', (b: string) => b.replace('v0.3', 'v0.2'), 'mediaType'],
    ['a key twice', (b: string) => b.replace('{', '{"mediaType":"x",'), 'stands twice'],
    [
      'two signatures',
      (b: string) => b.replace(/"signatures":\[(.*?)\]/, '"signatures":[$1,$1]'),
      'signatures',
    ],
    ['no key inside', (b: string) => b.replace(/"rawBytes":"[^"]+",/, ''), 'neither inside nor known here'],
    [
      'a key that is not the named one',
      (b: string) => b.replace(/"hint":"..../, '"hint":"0000'),
      'not the one it names',
    ],
    [
      'a changed digest',
      payload((s) => s.replace(/"digest":"..../, '"digest":"0000')),
      'does not fit what it signs',
    ],
    [
      'the old format',
      payload((s) => s.replace('signature/v1.0', 'Digests/v0.1')),
      'does not fit what it signs',
    ],
  ])('is refused with %s', async (_, edit, reason) => {
    const bytes = await edited(edit);
    expect(() => readSignature(bytes)).toThrow(reason);
  });

  it('is read without a key inside when the key is known', async () => {
    const key = await ensureSigningKey(folder);
    const bytes = await edited((bundle) => bundle.replace(/"rawBytes":"[^"]+",/, ''));
    expect(readSignature(bytes, [key.publicKey]).fingerprint).toBe(key.fingerprint);
  });
});

describe.skipIf(oracles === undefined)('the real model_signing', () => {
  it('verifies what we sign, and refuses a changed and an added file', async () => {
    const model = await write();
    const key = await ensureSigningKey(folder);
    await writeFile(join(model, 'model.sig'), writeSignature('houses', files, key));
    const pem = join(folder, 'key.pub');
    await writeFile(pem, key.publicKey.export({ type: 'spki', format: 'pem' }));
    const verify = () =>
      runOracle([
        '-m',
        'model_signing',
        'verify',
        'key',
        model,
        '--public_key',
        pem,
        '--signature',
        join(model, 'model.sig'),
      ]);
    expect(await verify()).toContain('Verification succeeded');
    await writeFile(join(model, 'extra.txt'), 'extra');
    await expect(verify()).rejects.toThrow('extra.txt');
    await rm(join(model, 'extra.txt'));
    await writeFile(join(model, 'MLmodel'), 'changed');
    await expect(verify()).rejects.toThrow('MLmodel');
  });

  it('signs what we read', async () => {
    const model = await write();
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = join(folder, 'foreign.pem');
    await writeFile(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const signature = join(model, 'model.sig');
    await runOracle([
      '-m',
      'model_signing',
      'sign',
      'key',
      model,
      '--private_key',
      pem,
      '--signature',
      signature,
    ]);
    const read = readSignature(await readFile(signature), [
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
    ]);
    expect([...read.files].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(byPath);
  });
});
