/** One entry of an archive as an attacker would write it: every field as given, nothing checked. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  /** What the header says; by default the body's length. Text is written as it stands. */
  readonly size?: number | string | Uint8Array;
  readonly link?: string;
  readonly prefix?: string;
  readonly mode?: string;
  readonly magic?: string;
  readonly checksum?: string;
}

const encoder = new TextEncoder();
const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? encoder.encode(text) : text;

export function rawEntry(entry: RawEntry): Uint8Array {
  const body = bytesOf(entry.body ?? '');
  const block = Buffer.alloc(512);
  const put = (text: string | Uint8Array, at: number, length: number) =>
    block.set(bytesOf(text).subarray(0, length), at);
  put(entry.name, 0, 100);
  put(entry.mode ?? '0000644\0', 100, 8);
  put('0001750\0', 108, 8);
  put('0000000\0', 116, 8);
  const size = entry.size ?? body.length;
  put(typeof size === 'number' ? `${size.toString(8).padStart(11, '0')}\0` : size, 124, 12);
  put('00000000000\0', 136, 12);
  put(entry.type ?? '0', 156, 1);
  put(entry.link ?? '', 157, 100);
  put(entry.magic ?? 'ustar\u000000', 257, 8);
  put(entry.prefix ?? '', 345, 155);
  put('        ', 148, 8);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

export function rawTar(...entries: readonly RawEntry[]): Uint8Array {
  return Buffer.concat([...entries.map(rawEntry), Buffer.alloc(1024)]);
}

/** A PAX record: its own length, a space, `key=value` and a line feed. */
export function pax(records: Readonly<Record<string, string>>, type = 'x'): RawEntry {
  const body = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = Buffer.byteLength(rest);
    while (String(length).length + Buffer.byteLength(rest) !== length)
      length = String(length).length + Buffer.byteLength(rest);
    return `${length}${rest}`;
  });
  return { name: 'PaxHeader', type, body: body.join('') };
}
