import { fail } from '../../../preload/contract/errors.ts';

/** Deeper than anything in the contract. */
const DEPTH = 64;

/** Reads JSON from outside: bounded depth, and no key that reaches an object's prototype. */
export function readJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail('request-malformed', { reason: `not JSON (${reason.slice(0, 120)})` }, error);
  }
  check(value);
  return value;
}

function check(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length; depth++) {
    if (depth > DEPTH) throw fail('request-malformed', { reason: `nested deeper than ${DEPTH} levels` });
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (Object.hasOwn(item, '__proto__')) {
        throw fail('request-malformed', { reason: 'a key may not be called __proto__' });
      }
      for (const child of Object.values(item)) below.push(child);
    }
    level = below;
  }
}
