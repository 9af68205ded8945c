import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Digest, Instant } from '../../../preload/contract/common.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import { replaceFile, systemCode } from '../../platform/files/index.ts';
import { publicKeyFrom } from './dsse.ts';
import { fingerprintOf } from './signing-key.ts';
import { parseStrictJson } from '../strict-json.ts';

const TrustedKey = z.object({
  fingerprint: Digest,
  name: z.string().min(1),
  added: Instant,
  /** SPKI, PEM. */
  publicKey: z.string(),
});
export type TrustedKey = z.infer<typeof TrustedKey>;
const TrustedKeys = z.object({ version: z.literal(1), keys: z.array(TrustedKey) });

const fileOf = (configFolder: string): string => join(configFolder, 'trusted-keys.json');

/** Keys this user has decided to trust, in the order they were added. */
export async function readTrustedKeys(configFolder: string): Promise<readonly TrustedKey[]> {
  const path = fileOf(configFolder);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw fail('trusted-keys-unreadable', { path, reason: systemCode(error) ?? String(error) }, error);
  }
  try {
    const { keys } = TrustedKeys.parse(parseStrictJson(bytes));
    for (const key of keys) {
      if (fingerprintOf(createPublicKey(key.publicKey)) !== key.fingerprint) {
        throw new Error(`the key called "${key.name}" does not have the fingerprint beside it`);
      }
    }
    return keys;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail('trusted-keys-unreadable', { path, reason }, error);
  }
}

/** Trusts a key under a name; a key already trusted is renamed. */
export async function trustKey(
  configFolder: string,
  publicKey: KeyObject,
  name: string,
  clock: Pick<Clock, 'now'>,
): Promise<TrustedKey> {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  if (!publicKeyFrom(der)) throw new Error('only keys on P-256 can be trusted');
  const fingerprint = fingerprintOf(publicKey);
  const before = await readTrustedKeys(configFolder);
  const known = before.find((key) => key.fingerprint === fingerprint);
  const key: TrustedKey = {
    fingerprint,
    name,
    added: known?.added ?? clock.now(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
  const keys = known ? before.map((old) => (old === known ? key : old)) : [...before, key];
  await replaceFile(fileOf(configFolder), `${JSON.stringify({ version: 1, keys }, null, 2)}\n`, 0o600);
  return key;
}
