import { openBytes, readAt } from '../../importing/open-bytes.ts';

/**
 * How many fields a Parquet file's schema has, nested ones and the root among them: the second field of FileMetaData in Thrift's
 * compact form (parquet.thrift; thrift-compact-protocol.md). Undefined where the end isn't plain: DuckDB then says what is wrong.
 */
export async function countFields(path: string): Promise<number | undefined> {
  const file = await openBytes(path);
  try {
    if (file.size < 12) return undefined;
    const tail = await readAt(file, file.size - 8, 8);
    const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
    if (length + 12 > file.size) return undefined;
    return listSize(await readAt(file, file.size - 8 - length, 32));
  } finally {
    await file.handle.close();
  }
}

function listSize(bytes: Uint8Array): number | undefined {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  // Field 1, an i32: the version. Then field 2, a list of structs.
  if (bytes[at++] !== 0x15) return undefined;
  varint();
  if (bytes[at++] !== 0x19) return undefined;
  const head = bytes[at++] ?? 0;
  if ((head & 15) !== 12) return undefined;
  return head >> 4 === 15 ? varint() : head >> 4;
}
