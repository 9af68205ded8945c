import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import { replaceFile } from '../files/index.ts';
import { userPaths } from '../paths.ts';
import { parseCredential, type Credential, type Keychain } from './credentials.ts';

/** What a host can encrypt with so that only this user on this computer can read it again (Electron's safeStorage). */
export interface Vault {
  isAvailable(): boolean;
  encrypt(text: string): Uint8Array;
  /** Throws on bytes of another user or another computer. */
  decrypt(bytes: Uint8Array): string;
}

let offered: Vault | undefined;

/** Called once by a host that has one, before anything is asked. */
export function offerVault(vault: Vault | undefined): void {
  offered = vault;
}

const Logins = z.record(z.string(), z.base64());
type Logins = z.infer<typeof Logins>;

/** Logins in a file of the user, each encrypted by the host's vault; undefined where no host offers one. */
export function vaultKeychain(): Keychain | undefined {
  const vault = offered;
  if (!vault?.isAvailable()) return undefined;
  const file = join(userPaths().config, 'logins.json');
  const write = (logins: Logins): Promise<void> => replaceFile(file, `${JSON.stringify(logins, null, 2)}\n`);
  return {
    get: async (host) => open(vault, read(file)[host]),
    async set(host, credential) {
      try {
        const sealed = Buffer.from(vault.encrypt(JSON.stringify(credential))).toString('base64');
        await write({ ...read(file), [host]: sealed });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw fail('keychain-unavailable', { reason }, error);
      }
    },
    async delete(host) {
      const { [host]: gone, ...rest } = read(file);
      if (gone !== undefined) await write(rest);
      return gone !== undefined;
    },
  };
}

function read(file: string): Logins {
  try {
    return Logins.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent or damaged: the logins are asked for again.
    return {};
  }
}

function open(vault: Vault, sealed: string | undefined): Credential | undefined {
  if (sealed === undefined) return undefined;
  try {
    return parseCredential(vault.decrypt(Buffer.from(sealed, 'base64')));
  } catch {
    return undefined;
  }
}
