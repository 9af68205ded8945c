import { createHash } from 'node:crypto';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { redact, variablePart, type Keychain } from '../../platform/secrets/index.ts';

const schemes = /^(postgres|postgresql|mysql|mariadb):\/\//i;

export function isDatabase(path: string): boolean {
  return schemes.test(path);
}

/** An address for records and messages, without password, and the password that stood in it. */
export interface DatabaseAddress {
  readonly address: string;
  readonly password: string | undefined;
}

/** Throws `database-unreachable` for a text that is no address. */
export function splitPassword(path: string): DatabaseAddress {
  const url = parse(path);
  const password = url.password === '' ? undefined : decodeURIComponent(url.password);
  url.password = '';
  return { address: url.href, password };
}

function parse(path: string): URL {
  try {
    return new URL(path);
  } catch (error) {
    const reason = 'it is no address; expected postgres://user@host/database or mysql://user@host/database';
    throw fail('database-unreachable', { address: path.replace(/\/\/[^@/]*@/, '//'), reason }, error);
  }
}

/**
 * The password for a database: that of the address, else `HOLDFAST_DATABASE_<HOST>_PASSWORD` (the host in capitals with `_` for
 * all but letters and digits), else `HOLDFAST_DATABASE_PASSWORD`, else the keychain's for the host, as `remotes login` keeps it.
 */
export async function findPassword(
  path: string,
  keychain: Keychain,
  env: NodeJS.ProcessEnv,
): Promise<DatabaseAddress> {
  const { address, password } = splitPassword(path);
  const { host } = new URL(address);
  const found =
    password ??
    env[`HOLDFAST_DATABASE_${variablePart(host)}_PASSWORD`] ??
    env['HOLDFAST_DATABASE_PASSWORD'] ??
    (await keychain.get(host))?.password;
  return { address, password: found };
}

const unreachable = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'PROTOCOL_CONNECTION_LOST',
];
const refused = [
  '28P01',
  '28000',
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
];

/** What a server or the way to it says, as one of our failures; the password never shows. */
export function databaseFailure(error: unknown, address: string, password: string | undefined): Failure {
  if (error instanceof Failure) return error;
  const { code = '' } = Object(error) as { code?: string };
  const text =
    error instanceof AggregateError
      ? error.errors.map(String).join('; ')
      : error instanceof Error
        ? error.message
        : String(error);
  const reason = redact(text || code, [password]);
  if (refused.includes(code) || /password must be a string|no password supplied/i.test(text))
    return fail('database-login', { address, reason });
  if (unreachable.includes(code) || /timeout|terminated|closed/i.test(text))
    return fail('database-unreachable', { address, reason });
  return fail('import-query', { path: address, reason });
}

/** What stands for a database's content in records: the SHA-256 of what was asked. */
export function askedDigest(asked: string): { readonly size: number; readonly sha256: string } {
  return { size: Buffer.byteLength(asked), sha256: createHash('sha256').update(asked).digest('hex') };
}
