declare module 'lz4js' {
  /** Unpacks one block of `length` bytes at `from` into `to` at `at`; returns where it ended. */
  export function decompressBlock(
    source: Uint8Array,
    to: Uint8Array,
    from: number,
    length: number,
    at: number,
  ): number;
}
