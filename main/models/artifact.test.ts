import { describe, expect, it } from 'vitest';
import { decodeArtifact, encodeArtifact } from './artifact.ts';
import type { ModelArtifact } from './family.ts';

const artifact: ModelArtifact = {
  family: 'linear',
  version: 1,
  task: 'regression',
  classes: [],
  features: ['a', 'colour=grün', '__proto__'],
  spec: { z: 1, a: [true, null, 'x'] },
  tensors: {
    small: { shape: [3], data: Int32Array.of(1, -2, 2 ** 31 - 1) },
    wide: { shape: [1, 2], data: Float64Array.of(0.1, -0) },
    half: { shape: [1], data: Float32Array.of(0.5) },
    empty: { shape: [0, 4], data: new Float64Array() },
  },
};

/** A file with this header text and so many bytes of tensors. */
function file(header: string, size: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** A header with these tensor entries, the metadata right. */
function entries(text: string): string {
  const rest = JSON.stringify({
    classes: [],
    family: 'linear',
    features: [],
    spec: {},
    task: 'regression',
    version: 1,
  });
  return `{"__metadata__":{"holdfast":${JSON.stringify(rest)}},${text}}`;
}

const entry = (name: string, dtype: string, shape: string, from: number, to: number): string =>
  `"${name}":{"data_offsets":[${from},${to}],"dtype":"${dtype}","shape":${shape}}`;

describe('artifacts as safetensors', () => {
  it('come back the same, to the last bit', () => {
    const bytes = encodeArtifact(artifact);
    const back = decodeArtifact(bytes);
    expect(back).toEqual(artifact);
    expect(Object.is(back.tensors['wide']?.data[1], -0)).toBe(true);
    expect(encodeArtifact(back)).toEqual(bytes);
  });

  it('do not depend on the order of keys', () => {
    const { tensors, ...rest } = artifact;
    const turned = { tensors: Object.fromEntries(Object.entries(tensors).toReversed()), ...rest };
    expect(encodeArtifact(turned)).toEqual(encodeArtifact(artifact));
  });

  it('begin every tensor at a multiple of its size', () => {
    const bytes = encodeArtifact(artifact);
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  });

  it('never hold numbers that are not finite', () => {
    const bad = { ...artifact, tensors: { w: { shape: [1], data: Float64Array.of(Number.NaN) } } };
    expect(() => encodeArtifact(bad)).toThrow('tensor "w" is not 1 finite numbers');
  });

  it.each([
    ['nothing', new Uint8Array(), 'it has 0 bytes; at least 8 are needed'],
    [
      'a header longer than the file',
      file('{}', 0).fill(255, 0, 8),
      'its header says it is 18446744073709551615 bytes long',
    ],
    ['text that is not UTF-8', file('{}', 0).fill(255, 8), 'its header is not UTF-8 text'],
    ['text that is not JSON', file('{"a":', 0), "its header can't be read as JSON"],
    ['no metadata', file('{}', 0), '__metadata__'],
    [
      'a hole',
      file(entries(entry('w', 'F64', '[1]', 8, 16)), 16),
      'tensor "w" begins at byte 8; 0 was expected',
    ],
    [
      'an overlap',
      file(entries(`${entry('a', 'F64', '[2]', 0, 16)},${entry('b', 'F64', '[1]', 8, 16)}`), 16),
      'tensor "b" begins at byte 8; 16 was expected',
    ],
    [
      'a shape that lies',
      file(entries(entry('w', 'F64', '[1000000000]', 0, 8)), 8),
      'its shape needs 8000000000',
    ],
    [
      'a shape beyond numbers',
      file(entries(entry('w', 'F64', '[9007199254740991,9007199254740991]', 0, 8)), 8),
      'its shape needs',
    ],
    ['a negative shape', file(entries(entry('w', 'F64', '[-1]', 0, 8)), 8), 'tensor "w".shape.0'],
    ['an unknown type', file(entries(entry('w', 'BF16', '[4]', 0, 8)), 8), 'tensor "w".dtype'],
    [
      'bytes left over',
      file(entries(entry('w', 'F64', '[1]', 0, 8)), 24),
      'its tensors take 8 bytes; 24 are there',
    ],
    [
      'the same name twice',
      file(entries(`${entry('w', 'F64', '[1]', 0, 8)},${entry('w', 'F64', '[1]', 0, 8)}`), 8),
      'not in the one form',
    ],
    [
      'another order of keys',
      file(entries('"w":{"dtype":"F64","data_offsets":[0,8],"shape":[1]}'), 8),
      'not in the one form',
    ],
  ])('refuse %s', (_, bytes, reason) => {
    expect(() => decodeArtifact(bytes)).toThrow(`the model file is not a valid Holdfast model: `);
    expect(() => decodeArtifact(bytes)).toThrow(reason);
  });

  it('refuse weights that are not numbers', () => {
    const bytes = encodeArtifact({ ...artifact, tensors: { w: { shape: [1], data: Float64Array.of(1) } } });
    new DataView(bytes.buffer).setFloat64(bytes.length - 8, Infinity, true);
    expect(() => decodeArtifact(bytes)).toThrow('tensor "w" holds numbers that are not finite');
  });
});
