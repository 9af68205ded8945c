import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { EnginePin, PlatformPin } from './pins.ts';

/** A zip file of these members, every second one stored instead of deflated. For tests. */
export function zip(members: Readonly<Record<string, Uint8Array>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [i, [name, data]] of Object.entries(members).entries()) {
    const method = i % 2 === 0 ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(data) : Buffer.from(data);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(members).length, 8);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** An engine of three small files with its wheel's bytes. No index has it: what needs it must find it in `downloads`. */
export function smallEngine(size: number): {
  readonly pin: EnginePin;
  readonly platform: PlatformPin;
  readonly wheel: Buffer;
} {
  const wheel = zip({
    'small/lib.so': randomBytes(size),
    'small/other.so': Buffer.alloc(size, 'abc'),
    'small/header.h': Buffer.from('int small(void);\n'),
    'small/unwanted.py': Buffer.from('raise SystemExit\n'),
    '../../escape.txt': Buffer.from('never unpacked\n'),
  });
  const platform: PlatformPin = {
    verified: true,
    wheel: {
      package: 'holdfast-small-engine-that-no-index-has',
      version: '1.0.0',
      file: 'small-1.0.0-py3-none-any.whl',
      sha256: createHash('sha256').update(wheel).digest('hex'),
      bytes: wheel.length,
      platform: 'any',
      python: '312',
      abi: 'none',
    },
    files: {
      'small/lib.so': 'lib/lib.so',
      'small/other.so': 'lib/other.so',
      'small/header.h': 'include/header.h',
    },
  };
  const pin = { id: 'small', title: 'Small', version: '1.0.0', license: 'Apache-2.0', platforms: {} };
  return { pin, platform, wheel };
}

/** Puts the wheel where a finished download would be. */
export function placeWheel(cache: string, platform: PlatformPin, wheel: Buffer): void {
  mkdirSync(join(cache, 'downloads'), { recursive: true });
  writeFileSync(join(cache, 'downloads', platform.wheel.file), wheel);
}
