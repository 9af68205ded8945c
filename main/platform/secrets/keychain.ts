import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { Credential } from './credentials.ts';

/** Where this user's passwords are kept: by host, outside every workspace. */
export interface Keychain {
  /** Undefined when there is none, or when the keychain can't be used (a login may well not be needed). */
  get(host: string): Promise<Credential | undefined>;
  /** Throws `keychain-unavailable`. */
  set(host: string, credential: Credential): Promise<void>;
  /** False when there was none. Throws `keychain-unavailable`. */
  delete(host: string): Promise<boolean>;
}

const service = 'Holdfast registry';
const Kept = z.object({ username: z.string().min(1), password: z.string().min(1) });
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

/** The system's own keychain (Keychain, Credential Manager, Secret Service), loaded at the first use. */
export function systemKeychain(): Keychain {
  return {
    async get(host) {
      let text: string | null;
      try {
        text = await withEntry(host, (entry, signal) => entry.getPassword(signal));
      } catch {
        return undefined;
      }
      return text === null ? undefined : parse(text);
    },
    set: (host, { username, password }) =>
      withEntry(host, (entry, signal) => entry.setPassword(JSON.stringify({ username, password }), signal)),
    delete: (host) => withEntry(host, (entry, signal) => entry.deleteCredential(signal)),
  };
}

function parse(text: string): Credential | undefined {
  try {
    const kept = Kept.safeParse(JSON.parse(text));
    return kept.success ? kept.data : undefined;
  } catch {
    return undefined;
  }
}
