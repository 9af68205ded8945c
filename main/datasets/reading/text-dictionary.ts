/**
 * Gives every distinct text a number, in the order of first appearance, working on bytes: no strings are made until the end.
 * A hash table with open addressing; hash FNV-1a (32 bits), compared byte by byte.
 */
export class TextDictionary {
  size = 0;
  readonly #share: number;
  readonly #shares: number;
  #slots = new Int32Array(1024).fill(-1);
  #hashes = new Int32Array(512);
  #ends = new Int32Array(513);
  #bytes = new Uint8Array(4096);

  /** Takes every text, or those of one of `shares` (at most 256) parts into which their hashes fall. */
  constructor(share = 0, shares = 1) {
    this.#share = share;
    this.#shares = shares;
  }

  /** Bytes of all texts held. */
  get byteLength(): number {
    return this.#ends[this.size]!;
  }

  /** The number of `bytes[start, end)`, new or known; -1 for a text of another share. */
  add(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    if (this.#shares > 1 && (Math.imul(hash, 0x9e3779b1) >>> 24) % this.#shares !== this.#share) return -1;
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const code = this.#slots[slot]!;
      if (code < 0) break;
      if (this.#hashes[code] === hash && this.#equals(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
    return this.#insert(slot, hash, bytes, start, end);
  }

  /** All texts by number. */
  texts(): string[] {
    const decoder = new TextDecoder();
    return Array.from({ length: this.size }, (_, code) => decoder.decode(this.text(code)));
  }

  /** Numbers in the order of the texts' UTF-8 bytes. */
  sorted(): Int32Array {
    const order = Int32Array.from({ length: this.size }, (_, code) => code);
    return order.sort((a, b) => Buffer.compare(this.text(a), this.text(b)));
  }

  /** The UTF-8 bytes of a text, as long as nothing is added. */
  text(code: number): Uint8Array {
    return this.#bytes.subarray(this.#ends[code], this.#ends[code + 1]);
  }

  #equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#ends[code]!;
    if (this.#ends[code + 1]! - from !== end - start) return false;
    for (let i = start, at = from; i < end; i++, at++) if (this.#bytes[at] !== bytes[i]) return false;
    return true;
  }

  #insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.size++;
    const at = this.#ends[code]!;
    if (this.size > this.#hashes.length) {
      this.#hashes = grown(this.#hashes, new Int32Array(this.#hashes.length * 2));
      this.#ends = grown(this.#ends, new Int32Array(this.#hashes.length + 1));
    }
    if (at + end - start > this.#bytes.length) {
      const size = Math.max(this.#bytes.length * 2, at + end - start);
      const larger = new Uint8Array(size);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#hashes[code] = hash;
    this.#bytes.set(bytes.subarray(start, end), at);
    this.#ends[code + 1] = at + end - start;
    this.#slots[slot] = code;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = this.#hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }
}

function grown(from: Int32Array, to: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  to.set(from);
  return to;
}
