import { createPublicKey, type KeyObject } from 'node:crypto';
import { fingerprintOf, readSigningKey, readTrustedKeys } from './signing/index.ts';

/** Who signed: the key, and the name this user knows it by. */
export interface Signer {
  readonly fingerprint: string;
  readonly name: string | null;
}

export interface NamedKey {
  readonly publicKey: KeyObject;
  readonly name: string;
}

/** What the user's own key is called. */
export const ownName = 'you';

/** Every key this user knows: their own, and those they trusted. */
export async function keysHere(configFolder: string): Promise<readonly NamedKey[]> {
  const own = await readSigningKey(configFolder);
  const trusted = await readTrustedKeys(configFolder);
  return [
    ...(own ? [{ publicKey: own.publicKey, name: ownName }] : []),
    ...trusted.map(({ publicKey, name }) => ({ publicKey: createPublicKey(publicKey), name })),
  ];
}

export function signerOf(publicKey: KeyObject, keys: readonly NamedKey[]): Signer {
  const fingerprint = fingerprintOf(publicKey);
  const known = keys.find((key) => fingerprintOf(key.publicKey) === fingerprint);
  return { fingerprint, name: known?.name ?? null };
}
