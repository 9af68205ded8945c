import * as z from 'zod';
import { parse, stringify } from 'yaml';
import { fail } from '../../../preload/contract/errors.ts';
import { nameProblem } from './entry-names.ts';
import type { LayerKind } from './manifest.ts';

/*
 * The keys that `kit` knows (pkg/artifact/kitfile.go); it refuses all others, and numbers where it wants text.
 */
const text = z.string().optional();
const path = z.string().min(1);
const layer = { digest: text, diffId: text };
const Kitfile = z.strictObject({
  manifestVersion: z.string(),
  package: z
    .strictObject({
      name: text,
      version: text,
      description: text,
      license: text,
      authors: z.array(z.string()).optional(),
    })
    .optional(),
  model: z.strictObject({
    name: text,
    path,
    license: text,
    framework: text,
    format: text,
    version: text,
    description: text,
    parts: z.array(z.strictObject({ name: text, path, license: text, type: text, ...layer })).optional(),
    parameters: z.json().optional(),
    ...layer,
  }),
  code: z.array(z.strictObject({ path, description: text, license: text, ...layer })).optional(),
  datasets: z
    .array(
      z.strictObject({
        name: text,
        path,
        description: text,
        license: text,
        parameters: z.json().optional(),
        ...layer,
      }),
    )
    .optional(),
  docs: z.array(z.strictObject({ path, description: text, ...layer })).optional(),
});
export type Kitfile = z.infer<typeof Kitfile>;

/** One layer of the kit, in the order `kit` counts them. */
export interface LayerPlan {
  readonly kind: LayerKind;
  /** Where its files are, without slashes at the ends; empty for the bundle's root. */
  readonly path: string;
}

export function parseKitfile(yaml: string, where: string): Kitfile {
  const refuse = (reason: string, cause?: unknown) =>
    fail('remote-not-a-model', { remote: where, reason }, cause);
  let data: unknown;
  try {
    data = parse(yaml, { schema: 'core', maxAliasCount: 0 });
  } catch (error) {
    throw refuse('its Kitfile is not YAML', error);
  }
  const parsed = Kitfile.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse(`its Kitfile has a wrong ${issue?.path.join('.') || 'form'}: ${issue?.message ?? ''}`);
}

/** For kits packed by others, which come without the text of their Kitfile. */
export function kitfileFromConfig(config: Uint8Array, remote: string): string {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(config));
  } catch (error) {
    throw fail('remote-not-a-model', { remote, reason: 'its config is not JSON' }, error);
  }
  return stringify(data, (key, value: unknown) => (key === 'digest' || key === 'diffId' ? undefined : value));
}

export function layerPlans(
  { model, code = [], datasets = [], docs = [] }: Kitfile,
  where: string,
): LayerPlan[] {
  const plan = (kind: LayerKind, written: string): LayerPlan => {
    const plain = written.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
    if (plain === '.' || plain === '') return { kind, path: '' };
    const problem = nameProblem(plain);
    if (problem === undefined) return { kind, path: plain };
    throw fail('remote-not-a-model', {
      remote: where,
      reason: `its Kitfile names the path "${written}": ${problem}`,
    });
  };
  return [
    plan('model', model.path),
    ...(model.parts ?? []).map((part) => plan('part', part.path)),
    ...code.map((entry) => plan('code', entry.path)),
    ...datasets.map((entry) => plan('dataset', entry.path)),
    ...docs.map((entry) => plan('docs', entry.path)),
  ];
}

/** The layer a file belongs to: the one whose path holds it most closely, else the model's. Index into `plans`. */
export function layerOf(file: string, plans: readonly LayerPlan[]): number {
  let best = 0;
  let length = -1;
  for (const [index, plan] of plans.entries()) {
    const holds = plan.path === '' || file === plan.path || file.startsWith(`${plan.path}/`);
    if (holds && plan.path.length > length) {
      best = index;
      length = plan.path.length;
    }
  }
  return best;
}

/** The config blob: the Kitfile as JSON, each entry with the digest of its layer, without which `kit` unpacks by an older rule. */
export function configJson(kitfile: Kitfile, digests: readonly string[]): string {
  let next = 0;
  const withDigest = <T extends object>(entry: T): T => {
    const digest = digests[next++] ?? '';
    return { ...entry, digest, diffId: digest };
  };
  const { model, code, datasets, docs, ...rest } = kitfile;
  const { parts, ...own } = model;
  // In the order of `layerPlans`.
  const modelEntry = withDigest(own);
  return JSON.stringify({
    ...rest,
    model: { ...modelEntry, ...(parts ? { parts: parts.map(withDigest) } : {}) },
    ...(code ? { code: code.map(withDigest) } : {}),
    ...(datasets ? { datasets: datasets.map(withDigest) } : {}),
    ...(docs ? { docs: docs.map(withDigest) } : {}),
  });
}
