/** MurmurHash3, 32 bits, little endian, as a signed number (A. Appleby 2011, MurmurHash3_x86_32), of the text's UTF-8 bytes. */
export function murmurHash(text: string, seed = 0): number {
  const bytes = Buffer.from(text, 'utf8');
  const blocks = bytes.length >> 2;
  let hash = seed | 0;
  for (let i = 0; i < blocks; i++) {
    hash ^= scrambled(bytes.readInt32LE(i * 4));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= blocks * 4; i--) tail = (tail << 8) | (bytes[i] ?? 0);
  if (bytes.length % 4 > 0) hash ^= scrambled(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function scrambled(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
