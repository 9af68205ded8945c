import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { billOfMaterials } from './bill-of-materials.ts';
import { collectNotices } from './licences.ts';
import { readLock } from './read-lock.ts';
import { shippedPackages } from './shipped.ts';

const root = resolve(import.meta.dirname, '../..');
const lock = readLock(root);
const shipped = shippedPackages(root, lock);
const bill = billOfMaterials(lock, shipped);

/** CycloneDX 1.6, of which this is the part that a bill of packages needs; `e2e/peers` asks the standard's own validator. */
const Licence = z.union([
  z.strictObject({ expression: z.string() }),
  z.strictObject({
    license: z.union([z.strictObject({ id: z.string() }), z.strictObject({ name: z.string() })]),
  }),
]);
const Component = z.strictObject({
  type: z.enum(['application', 'library']),
  'bom-ref': z.string().min(1),
  group: z.string().optional(),
  name: z.string().min(1),
  version: z.string().min(1),
  scope: z.enum(['required', 'excluded']).optional(),
  hashes: z
    .array(
      z.strictObject({
        alg: z.enum(['SHA-1', 'SHA-512']),
        content: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{128})$/),
      }),
    )
    .optional(),
  licenses: z.array(Licence).max(1).optional(),
  purl: z.string().regex(/^pkg:npm\/[^@]+@[^@]+$/),
});
const Bill = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  version: z.literal(1),
  metadata: z.strictObject({ component: Component }),
  components: z.array(Component),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const ids = (licence: string): string[] => licence.split(/ (?:AND|OR) |[()]/).filter(Boolean);

const component = (name: string) =>
  bill.components.find((one) => (one.group ? `${one.group}/${one.name}` : one.name) === name);

test('the bill of materials is CycloneDX, the same bytes each time, and every reference in it resolves', () => {
  Bill.parse(bill);
  const again = readLock(root);
  expect(billOfMaterials(again, shippedPackages(root, again)).serialNumber).toBe(bill.serialNumber);
  const refs = [bill.metadata.component, ...bill.components].map((one) => one['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  const known = new Set(refs);
  const used = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(used.filter((ref) => !known.has(ref))).toEqual([]);
});

test('every package of the lock is in it, with its hash', () => {
  const there = new Set(bill.components.map(({ purl }) => purl));
  for (const { name, version } of lock.packages.values()) {
    expect(there, name).toContain(`pkg:npm/${name.replace('@', '%40')}@${version}`);
  }
  expect(bill.components.filter(({ hashes }) => hashes?.[0]?.alg === 'SHA-512').length).toBeGreaterThan(
    bill.components.length * 0.95,
  );
});

test('what is inside an installed Holdfast is told from what only built or tested it', () => {
  for (const inside of ['better-sqlite3', 'zod', 'react', '@mantine/core', 'react-markdown', 'electron']) {
    expect(component(inside)?.scope, inside).toBe('required');
  }
  for (const tool of ['vitest', 'playwright', 'electron-builder', 'prettier', 'oxlint', 'typescript']) {
    expect(component(tool)?.scope, tool).toBe('excluded');
  }
  const needs = bill.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/tar-stream@'))?.dependsOn ?? [];
  expect(needs.some((ref) => ref.startsWith('pkg:npm/streamx@'))).toBe(true);
});

test('nothing inside asks for more than its name to be kept, and nearly every text is there to be read', () => {
  const { packages, texts } = collectNotices(root, shipped);
  const permissive = new Set([
    'MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib', 'Unlicense', 'BlueOak-1.0.0', '0BSD', 'CC0-1.0', 'Python-2.0',
  ]); // prettier-ignore
  // Two old packages declare nothing; each carries the MIT text.
  const undeclared = packages.filter(({ licence }) => licence === null);
  expect(
    undeclared.every(
      ({ text }) => text !== null && /MIT|Permission is hereby granted/.test(texts[text] ?? ''),
    ),
  ).toBe(true);
  const others = packages.filter(({ licence }) => licence && !ids(licence).every((id) => permissive.has(id)));
  expect(others.map(({ name, licence }) => `${name}: ${licence ?? ''}`)).toEqual([]);
  expect(packages.filter(({ text }) => text !== null).length).toBeGreaterThan(packages.length * 0.85);
});
