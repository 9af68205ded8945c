import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { systemCode } from '../platform/files/index.ts';
import type { Signer } from './signer.ts';
import { readSignature, signatureFile, trustKey } from './signing/index.ts';

/** Trusts the key that signed the bundle in this folder, under a name. Throws `bundle-not-verified` when its signature does not hold. */
export async function trustSigner(
  dir: string,
  name: string,
  configFolder: string,
  clock: Pick<Clock, 'now'>,
): Promise<Signer> {
  let publicKey;
  try {
    ({ publicKey } = readSignature(await readFile(join(dir, signatureFile))));
  } catch (error) {
    const message = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
    const problem = {
      code: 'signature-invalid',
      path: signatureFile,
      message: `${signatureFile} does not hold: ${message}`,
    };
    throw fail('bundle-not-verified', { dir, problems: [problem] }, error);
  }
  const { fingerprint } = await trustKey(configFolder, publicKey, name, clock);
  return { fingerprint, name };
}
