/**
 * JSON without its traps: UTF-8 only, no key twice in one object (readers differ in which one counts), no `__proto__`,
 * at most 64 levels deep. Throws an Error saying where.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is not UTF-8 text');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  refuseRepeatedKeys(text);
  return value;
}

const maxDepth = 64;

/** `text` is known to be JSON, so that only strings, braces and brackets need looking at. */
function refuseRepeatedKeys(text: string): void {
  /** One entry per open object or array; arrays hold no keys. */
  const open: (Set<string> | undefined)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (const token of text.matchAll(tokens)) {
    const [found, colon] = token;
    if (found === '{' || found === '[') {
      open.push(found === '{' ? new Set() : undefined);
      if (open.length > maxDepth) throw new Error(`it is nested more than ${maxDepth} levels deep`);
    } else if (found === '}' || found === ']') {
      open.pop();
    } else if (colon !== undefined) {
      const key = String(JSON.parse(found.slice(0, -colon.length)));
      const keys = open.at(-1);
      if (keys?.has(key)) throw new Error(`the key "${key}" stands twice in one object`);
      if (key === '__proto__') throw new Error('the key "__proto__" is not allowed');
      keys?.add(key);
    }
  }
}
