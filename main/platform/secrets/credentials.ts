import * as z from 'zod';

const Kept = z.object({ username: z.string().min(1), password: z.string().min(1) });

export interface Credential {
  readonly username: string;
  readonly password: string;
}

/** Where this user's passwords are kept: by host, outside every workspace. */
export interface Keychain {
  /** Undefined when there is none, or when the keychain can't be used (a login may well not be needed). */
  get(host: string): Promise<Credential | undefined>;
  /** Throws `keychain-unavailable`. */
  set(host: string, credential: Credential): Promise<void>;
  /** False when there was none. Throws `keychain-unavailable`. */
  delete(host: string): Promise<boolean>;
}

export interface FoundCredential extends Credential {
  readonly from: 'environment' | 'keychain';
}

/** `registry.example:5000` as part of a variable's name: `REGISTRY_EXAMPLE_5000`. */
export function variablePart(host: string): string {
  return host
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}

/**
 * The login for a registry host, in this order:
 * 1. `HOLDFAST_REGISTRY_<HOST>_USER` and `HOLDFAST_REGISTRY_<HOST>_PASSWORD`, the host in capitals with `_` for all
 *    but letters and digits, the port included where there is one: `HOLDFAST_REGISTRY_LOCALHOST_5000_USER`;
 * 2. `HOLDFAST_REGISTRY_USER` and `HOLDFAST_REGISTRY_PASSWORD`, for whichever registry is named in the command;
 * 3. the keychain of this computer, as kept by `remotes login`.
 * Half a pair counts as none. Nothing is ever written to a workspace.
 */
export async function findCredential(
  host: string,
  keychain: Keychain,
  env: NodeJS.ProcessEnv,
): Promise<FoundCredential | undefined> {
  for (const prefix of [`HOLDFAST_REGISTRY_${variablePart(host)}`, 'HOLDFAST_REGISTRY']) {
    const username = env[`${prefix}_USER`];
    const password = env[`${prefix}_PASSWORD`];
    if (username && password) return { username, password, from: 'environment' };
  }
  const kept = await keychain.get(host);
  return kept && { ...kept, from: 'keychain' };
}

/** Takes secrets out of text that others wrote (a server's error message may repeat what it was sent). */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  let clean = text;
  for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, '***');
  return clean;
}

/** A login as keychains keep it: JSON. Undefined for anything else. */
export function parseCredential(text: string): Credential | undefined {
  try {
    const kept = Kept.safeParse(JSON.parse(text));
    return kept.success ? kept.data : undefined;
  } catch {
    return undefined;
  }
}
