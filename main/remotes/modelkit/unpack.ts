import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract, type Header } from 'tar-stream';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { asFailure, durableStep, systemCode } from '../../platform/files/index.ts';
import type { TransferCall } from '../remote.ts';
import { createEntryNames, type EntryNames } from './entry-names.ts';
import { kitfileFromConfig } from './kitfile.ts';
import { isCompressed, kitfileAnnotation, type Manifest } from './manifest.ts';

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

/** What a layer may unpack to, for each byte it has (plain archives can't grow at all). */
const ratioLimit = 100;

/** Extended headers that say nothing but what the plain ones say. Others mean links, sparse files, attributes. */
const plainPax = new Set(['path', 'size', 'mtime', 'atime', 'ctime', 'uid', 'gid', 'uname', 'gname']);

/**
 * Unpacks the layers of a kit, whose digests have been checked, into the empty folder `target`. Writes plain files and
 * folders below it and nothing else: no links, no devices, no path that leads out, none twice. Throws `archive-refused`.
 */
export async function unpackKit(
  manifest: Manifest,
  remote: string,
  fileOf: (digest: string) => string,
  target: string,
  call: TransferCall = {},
): Promise<void> {
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) throw fail('bundle-target-not-empty', { dir: target });
  const names = createEntryNames();
  try {
    names.add('Kitfile', 'file');
    await writeFile(join(target, 'Kitfile'), await kitfileText(manifest, remote, fileOf), { flag: 'wx' });
    let before = 0;
    for (const { digest, mediaType, size } of manifest.layers) {
      const start = before;
      await unpackLayer(fileOf(digest), isCompressed(mediaType), target, names, {
        signal: call.signal,
        progress: (bytes) => call.progress?.(start + bytes),
      });
      before += size;
    }
  } catch (error) {
    throw asFailure(error, target);
  }
}

async function kitfileText(
  manifest: Manifest,
  remote: string,
  fileOf: (digest: string) => string,
): Promise<string | Uint8Array> {
  const own = manifest.annotations?.[kitfileAnnotation];
  if (own !== undefined) return own;
  const file = await open(fileOf(manifest.config.digest), 'r');
  try {
    return kitfileFromConfig(await file.readFile(), remote);
  } finally {
    await file.close();
  }
}

/** Unpacks one archive. */
export async function unpackLayer(
  archive: string,
  compressed: boolean,
  target: string,
  names: EntryNames,
  call: TransferCall = {},
): Promise<void> {
  const { size } = await stat(archive);
  const limit = compressed ? size * ratioLimit : size;
  const tar = extract();
  const source = createReadStream(archive, { highWaterMark: 1024 * 1024 });
  let current = '';
  let bytes = 0;

  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > limit) {
        throw fail('archive-refused', {
          entry: current,
          reason: `it unpacks to more than ${ratioLimit} times its size`,
        });
      }
      call.progress?.(Math.min(bytes, size));
      yield chunk;
    }
  }

  const reading = compressed
    ? pipeline(source, createGunzip(), counted, tar, call.signal ? { signal: call.signal } : {})
    : pipeline(source, counted, tar, call.signal ? { signal: call.signal } : {});
  // Its error ends the loop below too, which may have a better one.
  reading.catch(() => undefined);
  try {
    for await (const entry of tar) {
      current = entry.header.name.slice(0, 200);
      await writeEntry(entry, target, names);
    }
    await reading;
  } catch (error) {
    call.signal?.throwIfAborted();
    tar.destroy();
    const first = await reading.then(
      () => error,
      (other: unknown) => other,
    );
    // Either side may only have noticed that the other ended; a refusal or a fault of the disk is the real one.
    const told = [error, first].find((each) => each instanceof Failure) ?? [error, first].find(isSystemError);
    if (told !== undefined) throw told;
    const cause = first;
    const reason = cause instanceof Error ? cause.message.toLowerCase() : 'it cannot be read';
    throw fail(
      'archive-refused',
      { entry: current || '(its start)', reason: `the archive is broken: ${reason}` },
      cause,
    );
  }
}

function isSystemError(error: unknown): boolean {
  return /^E(?!RR_)[A-Z0-9]+$/.test(systemCode(error) ?? '');
}

async function writeEntry(entry: Entry, target: string, names: EntryNames): Promise<void> {
  const { header } = entry;
  checkHeader(header);
  const folder = header.type === 'directory';
  const path = folder ? header.name.replace(/\/$/, '') : header.name;
  const above = names.add(path, folder ? 'folder' : 'file');
  for (const missing of above) await mkdir(join(target, missing));
  if (folder) {
    entry.resume();
    await mkdir(join(target, path), { recursive: true });
    return;
  }
  durableStep('write', path);
  const file = await open(join(target, path), 'wx', 0o644);
  try {
    for await (const chunk of entry) if (chunk instanceof Uint8Array) await file.write(chunk);
  } finally {
    await file.close();
  }
}

function checkHeader({ name, type, size, linkname, pax }: Header): void {
  const refuse = (reason: string) => fail('archive-refused', { entry: name.slice(0, 200), reason });
  if (type !== 'file' && type !== 'directory')
    throw refuse(`it is a ${type ?? 'special entry'}, not a plain file`);
  if (linkname) throw refuse('it names a target, as only links do');
  const odd = (typeof pax === 'object' && pax ? Object.keys(pax) : []).find((key) => !plainPax.has(key));
  if (odd !== undefined) throw refuse(`it has the extended attribute "${odd}"`);
  if (type === 'directory' && size !== 0) throw refuse('it is a folder with contents of its own');
}
