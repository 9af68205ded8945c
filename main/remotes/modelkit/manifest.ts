import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';

/** Media types of KitOps ModelKits (pkg/lib/constants/mediaType.go) and of the OCI image manifest. */
export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.kitops.modelkit.config.v1+json',
  model: 'application/vnd.kitops.modelkit.model.v1.tar',
  part: 'application/vnd.kitops.modelkit.modelpart.v1.tar',
  code: 'application/vnd.kitops.modelkit.code.v1.tar',
  dataset: 'application/vnd.kitops.modelkit.dataset.v1.tar',
  docs: 'application/vnd.kitops.modelkit.docs.v1.tar',
} as const;

export type LayerKind = 'model' | 'part' | 'code' | 'dataset' | 'docs';

/** The Kitfile as it was written, which the JSON of the config can't give back byte for byte (and which is signed). */
export const kitfileAnnotation = 'holdfast.kitfile';

const layerForm =
  /^application\/vnd\.kitops\.modelkit\.(?:model|modelpart|code|dataset|docs)\.v1\.tar(\+gzip)?$/;

const Descriptor = z.looseObject({
  mediaType: z.string(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hex digits'),
  size: z.int().nonnegative(),
});

const Manifest = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.literal(mediaTypes.manifest).optional(),
  config: Descriptor,
  layers: z.array(Descriptor).min(1).max(1000),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

/** Sizes that are refused before a byte of a blob is asked for. */
const sizeLimits = { config: 4 * 1024 * 1024, total: 64 * 1024 ** 3 };

/** Reads a manifest whose digest was checked. Throws `remote-not-a-model` for anything but a ModelKit. */
export function parseManifest(bytes: Uint8Array, remote: string): Manifest {
  const refuse = (reason: string, cause?: unknown) => fail('remote-not-a-model', { remote, reason }, cause);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse('its manifest is not JSON', error);
  }
  const parsed = Manifest.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(`its manifest has a wrong ${issue?.path.join('.') || 'form'}: ${issue?.message ?? ''}`);
  }
  const { config, layers } = parsed.data;
  if (config.mediaType !== mediaTypes.config)
    throw refuse(`its config is "${config.mediaType.slice(0, 100)}"`);
  const odd = layers.find(({ mediaType }) => !layerForm.test(mediaType));
  if (odd) throw refuse(`it holds a layer of type "${odd.mediaType.slice(0, 100)}"`);
  if (config.size > sizeLimits.config) throw refuse(`its config has ${config.size} bytes`);
  const total = layers.reduce((sum, { size }) => sum + size, 0);
  if (total > sizeLimits.total) throw refuse(`it has ${total} bytes, more than ${sizeLimits.total}`);
  return parsed.data;
}

export function isCompressed(mediaType: string): boolean {
  return layerForm.exec(mediaType)?.[1] !== undefined;
}
