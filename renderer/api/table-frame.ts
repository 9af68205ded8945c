export const tableContentType = 'application/vnd.holdfast.table';

/** Splits a table reply: 4 bytes little-endian length of the JSON, the JSON, then the Arrow IPC stream. */
export function readTableFrame(bytes: Uint8Array): { value: unknown; table: Uint8Array } {
  if (bytes.byteLength < 4) throw new Error(`table reply of ${bytes.byteLength} bytes: expected at least 4`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  if (4 + length > bytes.byteLength) {
    throw new Error(`table reply says ${length} bytes of JSON but holds ${bytes.byteLength - 4}`);
  }
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { value, table: bytes.subarray(4 + length) };
}
