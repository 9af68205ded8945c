import { fail } from '../../../preload/contract/errors.ts';
import { parseCredential, type Keychain } from './credentials.ts';
import { vaultKeychain } from './vault.ts';

const service = 'Holdfast registry';
/** Long enough to unlock it by hand, short enough not to look hung where there is none. */
const patience = 60_000;

type Entry = InstanceType<(typeof import('@napi-rs/keyring'))['AsyncEntry']>;

async function withEntry<T>(
  host: string,
  use: (entry: Entry, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    // Never the kernel's key ring, which forgets at logout: a kept password has to be there tomorrow.
    const entry = new AsyncEntry(service, host, { linux: { store: 'secret-service' } });
    return await use(entry, AbortSignal.timeout(patience));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail('keychain-unavailable', { reason }, error);
  }
}

/**
 * The system's own keychain (Keychain, Credential Manager, Secret Service), which every host of Holdfast shares; where it
 * can't be used, what the host's own vault encrypts, if it offers one.
 */
export function systemKeychain(): Keychain {
  const shared = sharedKeychain();
  const vault = vaultKeychain();
  if (!vault) return shared;
  return {
    get: async (host) => (await shared.get(host)) ?? vault.get(host),
    set: (host, credential) => shared.set(host, credential).catch(() => vault.set(host, credential)),
    async delete(host) {
      const there = await shared.delete(host).catch(() => false);
      return (await vault.delete(host)) || there;
    },
  };
}

/** Loaded at the first use. */
function sharedKeychain(): Keychain {
  return {
    async get(host) {
      let text: string | null;
      try {
        text = await withEntry(host, (entry, signal) => entry.getPassword(signal));
      } catch {
        return undefined;
      }
      return text === null ? undefined : parseCredential(text);
    },
    set: (host, { username, password }) =>
      withEntry(host, (entry, signal) => entry.setPassword(JSON.stringify({ username, password }), signal)),
    delete: (host) => withEntry(host, (entry, signal) => entry.deleteCredential(signal)),
  };
}
