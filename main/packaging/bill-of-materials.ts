import { createHash } from 'node:crypto';
import type { LockFile, LockedPackage } from './read-lock.ts';

interface Component {
  readonly type: 'library' | 'application';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  /** `required` is inside an installed Holdfast, `excluded` was needed to build or test it. */
  readonly scope?: 'required' | 'excluded';
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly (
    | { readonly expression: string }
    | { readonly license: { readonly id: string } | { readonly name: string } }
  )[];
  readonly purl?: string;
}

/** CycloneDX 1.6, the parts that are used here. */
export interface BillOfMaterials {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** Everything the lock names, each package and version once. The same lock gives the same bytes: no date, a number from the content. */
export function billOfMaterials(lock: LockFile, shipped: ReadonlySet<LockedPackage>): BillOfMaterials {
  const own = `pkg:npm/${lock.name}@${lock.version}`;
  const components = new Map<string, Component>();
  const needs = new Map<string, Set<string>>([[own, new Set()]]);
  const refOf = (path: string): string[] => {
    const found = lock.packages.get(path);
    return found ? [purlOf(found)] : [];
  };
  for (const one of lock.packages.values()) {
    const ref = purlOf(one);
    if (shipped.has(one) || !components.has(ref)) components.set(ref, componentOf(one, shipped.has(one)));
    const known = needs.get(ref) ?? new Set();
    for (const other of one.needs.flatMap(refOf)) if (other !== ref) known.add(other);
    needs.set(ref, known);
  }
  needs.set(own, new Set(lock.roots.flatMap(refOf)));
  const body = {
    metadata: {
      component: {
        type: 'application' as const,
        'bom-ref': own,
        name: lock.name,
        version: lock.version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
        purl: own,
      },
    },
    components: [...components.values()].toSorted((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
    dependencies: [...needs.entries()]
      .map(([ref, on]) => ({ ref, dependsOn: [...on].toSorted() }))
      .toSorted((a, b) => (a.ref < b.ref ? -1 : 1)),
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(body))}`,
    version: 1,
    ...body,
  };
}

function componentOf(one: LockedPackage, required: boolean): Component {
  const [group, name] = one.name.startsWith('@') ? one.name.split('/', 2) : [undefined, one.name];
  const hash = hashOf(one.integrity);
  return {
    type: 'library',
    'bom-ref': purlOf(one),
    ...(group === undefined ? {} : { group }),
    name: name ?? one.name,
    version: one.version,
    scope: required ? 'required' : 'excluded',
    ...(hash ? { hashes: [hash] } : {}),
    ...(one.licence ? { licenses: [licenceOf(one.licence)] } : {}),
    purl: purlOf(one),
  };
}

function purlOf({ name, version }: LockedPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** `sha512-BASE64` as CycloneDX writes it. */
function hashOf(integrity: string | null): { alg: string; content: string } | undefined {
  const [, bits, base64] = /^sha(1|256|384|512)-([A-Za-z0-9+/=]+)/.exec(integrity ?? '') ?? [];
  if (bits === undefined || base64 === undefined) return undefined;
  return { alg: `SHA-${bits}`, content: Buffer.from(base64, 'base64').toString('hex') };
}

/** An SPDX id or expression as such; other words (`SEE LICENSE IN ...`) as a name. */
function licenceOf(licence: string): { expression: string } | { license: { id: string } | { name: string } } {
  if (/ (?:AND|OR|WITH) |^\(/.test(licence)) return { expression: licence };
  return {
    license:
      /^[A-Za-z0-9.+-]+$/.test(licence) && licence !== 'UNLICENSED' ? { id: licence } : { name: licence },
  };
}

/** A version 8 UUID: of our own making, from the first bits of a SHA-256. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
