import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { offerVault, vaultKeychain, type Vault } from './vault.ts';

/** A vault as a host has one: AES with a key that never leaves it. */
function createVault(): Vault {
  const key = randomBytes(32);
  return {
    isAvailable: () => true,
    encrypt(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    decrypt(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

test('logins are kept encrypted in a file of the user, and only the vault that closed them opens them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  const home = process.env['HOLDFAST_HOME'];
  process.env['HOLDFAST_HOME'] = folder;
  onTestFinished(async () => {
    offerVault(undefined);
    if (home === undefined) delete process.env['HOLDFAST_HOME'];
    else process.env['HOLDFAST_HOME'] = home;
    await rm(folder, { recursive: true });
  });
  expect(vaultKeychain()).toBeUndefined();
  offerVault({ ...createVault(), isAvailable: () => false });
  expect(vaultKeychain()).toBeUndefined();

  offerVault(createVault());
  const keychain = vaultKeychain();
  await keychain?.set('registry.example:5000', { username: 'ada', password: 'l0velace' });
  expect(await keychain?.get('registry.example:5000')).toEqual({ username: 'ada', password: 'l0velace' });
  expect(await keychain?.get('other.example')).toBeUndefined();
  const file = join(folder, 'config', 'logins.json');
  const text = await readFile(file, 'utf8');
  expect(text).toContain('registry.example:5000');
  expect(text).not.toMatch(/ada|l0velace/);

  offerVault(createVault());
  expect(await vaultKeychain()?.get('registry.example:5000')).toBeUndefined();
  expect(await vaultKeychain()?.delete('registry.example:5000')).toBe(true);
  expect(await vaultKeychain()?.delete('registry.example:5000')).toBe(false);
  await writeFile(file, 'not json');
  expect(await vaultKeychain()?.get('registry.example:5000')).toBeUndefined();
});
