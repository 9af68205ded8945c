/** One way a server says it can be logged in to (RFC 9110, 11.6.1). */
export interface Challenge {
  /** Lower case: `basic`, `bearer`. */
  readonly scheme: string;
  readonly params: ReadonlyMap<string, string>;
}

/** All challenges of a `WWW-Authenticate` header; parts that make no sense are left out. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  const token = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`;
  const parts = new RegExp(
    `\\s*(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))|(${token}))\\s*,?`,
    'gy',
  );
  for (const [, name, quoted, plain, scheme] of header.matchAll(parts)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), params: new Map() });
    else if (name !== undefined) {
      const value = quoted === undefined ? plain : quoted.replaceAll(/\\(.)/g, '$1');
      challenges.at(-1)?.params.set(name.toLowerCase(), value ?? '');
    }
  }
  return challenges;
}
