import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { fail } from '../../../preload/contract/errors.ts';
import type { Clock } from '../../platform/clock.ts';

/** A launch token lives this long and is used once. */
export const LAUNCH_SECONDS = 60;
/** More open pages than anyone has; the oldest session ends when another begins. */
const SESSIONS = 64;

export interface Sessions {
  /** A new one-time token (256 random bits) for the address of a page. */
  launch(): string;
  /** Spends a launch token for the secret of a session. */
  begin(token: string): string;
  /** Whether `Authorization: Bearer SECRET` carries a session of this process. */
  holds(authorization: string | undefined): boolean;
  endAll(): void;
}

/** Secrets are kept as hashes only, in memory only: they end with the process. */
export function createSessions(clock: Clock): Sessions {
  const launches = new Map<Buffer, number>();
  let sessions: Buffer[] = [];
  return {
    launch() {
      const token = secret();
      for (const [hash, until] of launches) if (until < clock.ticks()) launches.delete(hash);
      launches.set(hashOf(token), clock.ticks() + LAUNCH_SECONDS * 1000);
      return token;
    },
    begin(token) {
      const found = find([...launches.keys()], token);
      const until = found && launches.get(found);
      if (found) launches.delete(found);
      if (until === undefined || until < clock.ticks())
        throw fail('launch-token-spent', { seconds: LAUNCH_SECONDS });
      const session = secret();
      sessions = [...sessions.slice(1 - SESSIONS), hashOf(session)];
      return session;
    },
    holds(authorization) {
      const match = /^Bearer ([\w-]{43})$/.exec(authorization ?? '');
      return match?.[1] !== undefined && find(sessions, match[1]) !== undefined;
    },
    endAll() {
      launches.clear();
      sessions = [];
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Looks at every entry in constant time, so that the time taken tells nothing. */
function find(hashes: readonly Buffer[], text: string): Buffer | undefined {
  const wanted = hashOf(text);
  let found: Buffer | undefined;
  for (const hash of hashes) if (timingSafeEqual(hash, wanted)) found = hash;
  return found;
}
