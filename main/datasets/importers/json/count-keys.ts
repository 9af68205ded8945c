import { openBytes, readAt } from '../../importing/open-bytes.ts';

/** How many fields the first record of a JSON file has, as far as its first bytes tell: DuckDB takes a minute to find 100,000. */
export async function countKeys(path: string, most: number): Promise<number> {
  const file = await openBytes(path);
  try {
    return keysOf(await readAt(file, 0, most));
  } finally {
    await file.handle.close();
  }
}

const [quote, backslash, colon, open, close, openList, closeList] = Buffer.from('"\\:{}[]');

/** Colons at the depth of the first object, outside of texts. */
function keysOf(bytes: Uint8Array): number {
  let depth = 0;
  let record = 0;
  let keys = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === backslash) at++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === open || byte === openList) {
      depth++;
      if (byte === open && record === 0) record = depth;
    } else if (byte === close || byte === closeList) {
      if (depth === record && byte === close) return keys;
      depth--;
    } else if (byte === colon && depth === record) keys++;
  }
  return keys;
}
