import { userInfo } from 'node:os';

/** Who uses this host: the login name, for the record. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? 'unknown';
  }
}
