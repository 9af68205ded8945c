import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { link, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../preload/contract/errors.ts';
import { sha256, syncFolder, systemCode, writeSynced } from '../../platform/files/index.ts';
import { createId } from '../../platform/random.ts';

/** This user's key pair. The private half never leaves the user's configuration folder. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly fingerprint: string;
}

const fileName = 'signing-key.pem';

/** SHA-256 of the public key as SPKI DER: the name of a key among people. */
export function fingerprintOf(publicKey: KeyObject): string {
  return sha256(publicKey.export({ type: 'spki', format: 'der' }));
}

/** What a signature names its key by: SHA-256 of the PEM text (OpenSSF model signing). */
export function hintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'pem' }))
    .digest('hex');
}

/** The user's key, or undefined when none was made yet. Throws `signing-key-unusable` when the file is not one. */
export async function readSigningKey(configFolder: string): Promise<SigningKey | undefined> {
  const path = join(configFolder, fileName);
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fail('signing-key-unusable', { path, reason: systemCode(error) ?? String(error) }, error);
  }
  return parseKey(pem, path);
}

/** The user's key, made (P-256) and kept with mode 0600 at first use. Two processes at once end with the same one. */
export async function ensureSigningKey(configFolder: string): Promise<SigningKey> {
  const existing = await readSigningKey(configFolder);
  if (existing) return existing;
  await mkdir(configFolder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const path = join(configFolder, fileName);
  const draft = join(configFolder, `.${createId('key')}.tmp`);
  try {
    await writeSynced(draft, pem, 0o600);
    await link(draft, path);
    await syncFolder(configFolder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSigningKey(configFolder);
  if (!made) throw fail('signing-key-unusable', { path, reason: 'it vanished while it was made' });
  return made;
}

function parseKey(pem: string, path: string): SigningKey {
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
      throw new Error('it is not an elliptic-curve key on P-256');
    }
    const publicKey = createPublicKey(pem);
    return { privateKey, publicKey, fingerprint: fingerprintOf(publicKey) };
  } catch (error) {
    throw fail(
      'signing-key-unusable',
      { path, reason: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}
