import * as z from 'zod';
import { Task } from '../../preload/contract/common.ts';
import { fail } from '../../preload/contract/errors.ts';
import { canonicalJson } from '../recipes/index.ts';
import { Calibration } from './calibration/index.ts';
import { Conformal } from './conformal.ts';
import type { ModelArtifact, Tensor } from './family.ts';

/**
 * A model artifact as a safetensors file: 8 bytes little-endian header length, a JSON header, tensor bytes.
 * Everything that is not a tensor stands under `__metadata__`, key `holdfast`, as canonical JSON. There is exactly one
 * encoding of an artifact: keys sorted, tensors with the widest numbers first and then by name (so that each begins
 * at a multiple of its size), no holes, header padded with spaces to a multiple of 8.
 */
export function encodeArtifact(artifact: ModelArtifact): Uint8Array<ArrayBuffer> {
  const tensors = laidOut(artifact.tensors);
  const header = encodeHeader(artifact, tensors);
  const size = tensors.reduce((total, { tensor }) => total + tensor.data.byteLength, 0);
  const bytes = new Uint8Array(8 + header.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const { name, tensor } of tensors) {
    if (elementCount(tensor.shape) !== tensor.data.length || !tensor.data.every(Number.isFinite)) {
      throw new TypeError(`tensor "${name}" is not ${tensor.shape.join(' x ')} finite numbers`);
    }
    writeNumbers(bytes.subarray(at), tensor.data);
    at += tensor.data.byteLength;
  }
  return bytes;
}

/**
 * Reads what `encodeArtifact` wrote. Every limit is checked before anything is allocated for it; any byte out of
 * place in the header (another order, a hole, an overlap, a duplicate key, padding) is refused with `model-damaged`.
 * Changed tensor bytes can't be seen here: the digest of the object covers them.
 */
export function decodeArtifact(bytes: Uint8Array): ModelArtifact {
  const { header, start } = readHeader(bytes);
  const { __metadata__: metadata, ...entries } = header;
  const rest = parsed(
    Rest,
    json(parsed(Metadata, metadata, '__metadata__').holdfast, 'its metadata'),
    'metadata',
  );
  const tensors = Object.fromEntries(
    placed(entries, bytes.length - start).map(({ name, entry }) => [
      name,
      {
        shape: entry.shape,
        data: readNumbers(
          entry.dtype,
          bytes.subarray(start + entry.data_offsets[0], start + entry.data_offsets[1]),
        ),
      },
    ]),
  );
  for (const [name, tensor] of Object.entries(tensors)) {
    if (!tensor.data.every(Number.isFinite))
      throw damaged(`tensor "${name}" holds numbers that are not finite`);
  }
  const artifact: ModelArtifact = { ...rest, tensors };
  const canonical = encodeHeader(artifact, laidOut(tensors));
  if (!Buffer.from(canonical).equals(bytes.subarray(8, start))) {
    throw damaged('its header is not in the one form this program writes');
  }
  return artifact;
}

const types = { F64: Float64Array, F32: Float32Array, I32: Int32Array } as const;
type DType = keyof typeof types;

/** The limit of the safetensors format. */
const largestHeader = 100_000_000;

const Entry = z.strictObject({
  dtype: z.enum(['F64', 'F32', 'I32']),
  shape: z.array(z.int().min(0)).max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type Entry = z.infer<typeof Entry>;

const Metadata = z.strictObject({ holdfast: z.string() });

const Rest = z.strictObject({
  family: z.string().min(1),
  version: z.int().min(1),
  task: Task,
  classes: z.array(z.string()),
  features: z.array(z.string()),
  spec: z.record(z.string(), z.unknown()),
  calibration: Calibration.exactOptional(),
  conformal: Conformal.exactOptional(),
});

interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

function laidOut(tensors: ModelArtifact['tensors']): NamedTensor[] {
  return Object.entries(tensors)
    .map(([name, tensor]) => ({ name, tensor }))
    .sort(
      (a, b) =>
        b.tensor.data.BYTES_PER_ELEMENT - a.tensor.data.BYTES_PER_ELEMENT ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    );
}

function encodeHeader(artifact: ModelArtifact, tensors: readonly NamedTensor[]): Uint8Array {
  const { tensors: _, ...rest } = artifact;
  const entries: [string, unknown][] = [['__metadata__', { holdfast: canonicalJson(rest) }]];
  let at = 0;
  for (const { name, tensor } of tensors) {
    const end = at + tensor.data.byteLength;
    entries.push([name, { dtype: typeOf(tensor.data), shape: tensor.shape, data_offsets: [at, end] }]);
    at = end;
  }
  const text = new TextEncoder().encode(canonicalJson(Object.fromEntries(entries)));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  return padded;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) throw damaged(`it has ${bytes.length} bytes; at least 8 are needed`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  const most = Math.min(largestHeader, bytes.length - 8);
  if (length > BigInt(most))
    throw damaged(`its header says it is ${length} bytes long; at most ${most} are there`);
  const start = 8 + Number(length);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, start));
  } catch {
    throw damaged('its header is not UTF-8 text');
  }
  return { header: parsed(z.record(z.string(), z.unknown()), json(text, 'its header'), 'header'), start };
}

/** Entries in the order of their bytes, which must fill `size` bytes exactly. */
function placed(entries: Record<string, unknown>, size: number): { name: string; entry: Entry }[] {
  const list = Object.entries(entries)
    .map(([name, entry]) => ({ name, entry: parsed(Entry, entry, `tensor "${name}"`) }))
    .sort(
      (a, b) =>
        a.entry.data_offsets[0] - b.entry.data_offsets[0] ||
        a.entry.data_offsets[1] - b.entry.data_offsets[1],
    );
  let at = 0;
  for (const { name, entry } of list) {
    const [from, to] = entry.data_offsets;
    if (from !== at) throw damaged(`tensor "${name}" begins at byte ${from}; ${at} was expected`);
    const needed = elementCount(entry.shape) * types[entry.dtype].BYTES_PER_ELEMENT;
    if (to - from !== needed)
      throw damaged(`tensor "${name}" has ${to - from} bytes; its shape needs ${needed}`);
    at = to;
  }
  if (at !== size) throw damaged(`its tensors take ${at} bytes; ${size} are there`);
  return list;
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function typeOf(data: Tensor['data']): DType {
  if (data instanceof Float64Array) return 'F64';
  return data instanceof Float32Array ? 'F32' : 'I32';
}

function writeNumbers(to: Uint8Array, data: Tensor['data']): void {
  const view = new DataView(to.buffer, to.byteOffset, data.byteLength);
  const type = typeOf(data);
  data.forEach((value, i) => {
    if (type === 'F64') view.setFloat64(i * 8, value, true);
    else if (type === 'F32') view.setFloat32(i * 4, value, true);
    else view.setInt32(i * 4, value, true);
  });
}

function readNumbers(type: DType, from: Uint8Array): Tensor['data'] {
  const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
  const data = new types[type](from.byteLength / types[type].BYTES_PER_ELEMENT);
  for (let i = 0; i < data.length; i++) {
    if (type === 'F64') data[i] = view.getFloat64(i * 8, true);
    else if (type === 'F32') data[i] = view.getFloat32(i * 4, true);
    else data[i] = view.getInt32(i * 4, true);
  }
  return data;
}

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(`${what} can't be read as JSON`);
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw damaged(
    `${[what, ...(issue?.path.map(String) ?? [])].join('.')}: ${issue?.message ?? 'not as expected'}`,
  );
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
