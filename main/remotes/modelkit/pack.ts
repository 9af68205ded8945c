import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fail } from '../../../preload/contract/errors.ts';
import { asFailure } from '../../platform/files/index.ts';
import type { Descriptor, TransferCall } from '../remote.ts';
import { createEntryNames } from './entry-names.ts';
import { configJson, layerOf, layerPlans, parseKitfile } from './kitfile.ts';
import { kitfileAnnotation, mediaTypes } from './manifest.ts';
import { writeTarLayer, type TarEntry } from './tar-layer.ts';

export interface PackedKit {
  readonly manifest: Uint8Array;
  /** `sha256:` and the digest of the manifest's bytes. */
  readonly digest: string;
  /** Config and layers, with the files that hold them. */
  readonly blobs: readonly { readonly blob: Descriptor; readonly file: string }[];
}

export interface KitLabels {
  readonly title: string;
  readonly version: string;
  /** ISO 8601; the model's own time, not that of packing: the same bundle has to give the same manifest. */
  readonly created: string;
  /** Holdfast's version. */
  readonly packer: string;
}

const kitfileLimit = 256 * 1024;

/**
 * Packs a bundle folder as a ModelKit into `target` (an empty folder): one layer per entry of its Kitfile, all files
 * that no entry claims in the model's. The same folder and labels give the same bytes, everywhere and always.
 */
export async function packKit(
  folder: string,
  target: string,
  labels: KitLabels,
  call: TransferCall = {},
): Promise<PackedKit> {
  const yaml = await readKitfile(folder);
  const kitfile = parseKitfile(yaml, folder);
  const plans = layerPlans(kitfile, folder);
  const contents = plans.map((): TarEntry[] => []);
  for (const entry of await listEntries(folder)) {
    if (entry.path !== 'Kitfile') contents[layerOf(entry.path, plans)]?.push(entry);
  }

  await mkdir(target, { recursive: true });
  const blobs: { blob: Descriptor; file: string }[] = [];
  let before = 0;
  for (const [index, plan] of plans.entries()) {
    const file = join(target, `layer-${index}.tar`);
    const entries = withFolders(contents[index] ?? []);
    const start = before;
    const { digest, size } = await writeTarLayer(folder, entries, file, {
      signal: call.signal,
      progress: (bytes) => call.progress?.(start + bytes),
    });
    before += size;
    // Without a title, `oras pull` passes a layer over.
    const annotations = { 'org.opencontainers.image.title': `${plan.path || 'bundle'}.tar` };
    blobs.push({ blob: { mediaType: mediaTypes[plan.kind], digest, size, annotations }, file });
  }

  const config = new TextEncoder().encode(
    configJson(
      kitfile,
      blobs.map(({ blob }) => blob.digest),
    ),
  );
  const configFile = join(target, 'config.json');
  await writeFile(configFile, config).catch((error: unknown) => {
    throw asFailure(error, configFile);
  });
  const configBlob = { mediaType: mediaTypes.config, digest: sha256Of(config), size: config.byteLength };
  const manifest = new TextEncoder().encode(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: configBlob,
      layers: blobs.map(({ blob }) => blob),
      annotations: {
        'ml.kitops.modelkit.cli-version': `holdfast ${labels.packer}`,
        'org.opencontainers.image.title': labels.title,
        'org.opencontainers.image.version': labels.version,
        'org.opencontainers.image.created': labels.created,
        [kitfileAnnotation]: yaml,
      },
    }),
  );
  return { manifest, digest: sha256Of(manifest), blobs: [{ blob: configBlob, file: configFile }, ...blobs] };
}

function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function readKitfile(folder: string): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    fail('remote-not-a-model', { remote: folder, reason }, cause);
  const bytes = await readFile(join(folder, 'Kitfile')).catch((error: unknown) => {
    throw refuse('it holds no Kitfile', error);
  });
  if (bytes.byteLength > kitfileLimit) throw refuse(`its Kitfile is longer than ${kitfileLimit} bytes`);
  try {
    // A byte-order mark has to survive too.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw refuse('its Kitfile is not UTF-8', error);
  }
}

/** Everything in the folder, sorted. What could not be unpacked everywhere is refused here already. */
async function listEntries(folder: string): Promise<TarEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const entries: TarEntry[] = [];
  for (const dirent of found) {
    const full = join(dirent.parentPath, dirent.name);
    const path = relative(folder, full).split(sep).join('/');
    if (!dirent.isFile() && !dirent.isDirectory()) {
      throw fail('archive-refused', { entry: path, reason: 'only plain files and folders go into a bundle' });
    }
    const kind = dirent.isFile() ? 'file' : 'folder';
    entries.push({ path, kind, size: kind === 'file' ? (await stat(full)).size : 0 });
  }
  entries.sort(byPath);
  const names = createEntryNames();
  for (const { path, kind } of entries) names.add(path, kind);
  return entries;
}

function byPath(a: TarEntry, b: TarEntry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** The layer's entries and every folder above them: `kit unpack` makes none by itself. */
function withFolders(entries: readonly TarEntry[]): TarEntry[] {
  const all = new Map(entries.map((entry) => [entry.path, entry]));
  for (const { path } of entries) {
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth++) {
      const above = segments.slice(0, depth).join('/');
      if (!all.has(above)) all.set(above, { path: above, kind: 'folder', size: 0 });
    }
  }
  return [...all.values()].sort(byPath);
}
