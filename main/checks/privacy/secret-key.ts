import { createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../preload/contract/errors.ts';
import { syncFolder, systemCode, writeSynced } from '../../platform/files/index.ts';
import { createId } from '../../platform/random.ts';

/** A secret of this user that makes pseudonyms and noise. It lies beside the signing key and never enters a workspace. */
export interface SecretKey {
  readonly name: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
  /** Tells two keys apart without telling either: 16 hex digits of an HMAC under the key. */
  readonly fingerprint: string;
}

export function keyedHash(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** The user's key of that name, made and kept with mode 0600 at first use. Two processes at once end with the same one. */
export async function ensureSecretKey(configFolder: string, name: string): Promise<SecretKey> {
  const existing = await readSecretKey(configFolder, name);
  if (existing) return existing;
  await mkdir(configFolder, { recursive: true, mode: 0o700 });
  const path = pathOf(configFolder, name);
  const draft = join(configFolder, `.${createId('key')}.tmp`);
  try {
    await writeSynced(draft, `${randomBytes(32).toString('hex')}\n`, 0o600);
    await link(draft, path);
    await syncFolder(configFolder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecretKey(configFolder, name);
  if (!made) throw fail('privacy-key-unusable', { path, reason: 'it vanished while it was made' });
  return made;
}

/** Throws `privacy-key-unusable` when the file is not one. */
async function readSecretKey(configFolder: string, name: string): Promise<SecretKey | undefined> {
  const path = pathOf(configFolder, name);
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fail('privacy-key-unusable', { path, reason: systemCode(error) ?? String(error) }, error);
  }
  if (!/^[0-9a-f]{64}$/.test(text))
    throw fail('privacy-key-unusable', { path, reason: 'it does not hold 64 hex digits' });
  const bytes = Buffer.from(text, 'hex');
  return { name, bytes, fingerprint: keyedHash(bytes, 'holdfast privacy key').slice(0, 16) };
}

const pathOf = (configFolder: string, name: string): string => join(configFolder, `privacy-key-${name}.hex`);
