/** Reads objects. Every read re-hashes the bytes before anyone parses them. */
export interface ObjectReader {
  /** The bytes of an object. Throws `object-missing` or `object-damaged` (named by digest). */
  get(digest: string): Promise<Uint8Array>;
  has(digest: string): boolean;
}

/** What a new object is, for the record: kind, and the objects its bytes refer to. */
export interface ObjectFacts {
  readonly digest: string;
  readonly kind: string;
  readonly size: number;
  readonly children: readonly string[];
}

/** Stages objects: invisible until the host adopts them in the same step as the record that names them. */
export interface ObjectWriter {
  /** Stores bytes under their SHA-256 (nothing is written when the workspace has it already) and returns the digest. */
  put(kind: string, bytes: Uint8Array, children?: readonly string[]): Promise<string>;
}
