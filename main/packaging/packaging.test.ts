import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, matchesGlob, resolve } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { readLock } from './read-lock.ts';
import { shippedPackages } from './shipped.ts';

const root = resolve(import.meta.dirname, '../..');
const file = join(import.meta.dirname, 'electron-builder.yaml');

interface Builder {
  getConfig(folder: string, file: string, options: null): Promise<unknown>;
  validateConfiguration(config: unknown, log: { isEnabled: boolean; add(): void }): Promise<void>;
}
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))(
  'app-builder-lib/out/util/config/config',
) as Builder;

const Config = z.looseObject({
  asarUnpack: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  fileAssociations: z.array(z.looseObject({ ext: z.string() })),
  protocols: z.array(z.looseObject({ schemes: z.array(z.string()) })),
  files: z.array(z.string()),
  extraResources: z.array(z.object({ from: z.string(), to: z.string() }).loose()),
  linux: z.looseObject({ target: z.array(z.string()), icon: z.string() }),
  mac: z.looseObject({ target: z.array(z.string()), icon: z.string() }),
  win: z.looseObject({ target: z.array(z.string()), icon: z.string() }),
});
const config = Config.parse(parse(readFileSync(file, 'utf8')));
const validate = (given: unknown) =>
  builder.validateConfiguration(given, { isEnabled: false, add: () => undefined });

test("electron-builder's own schema accepts the configuration, and would not accept a slip in it", async () => {
  const read = await builder.getConfig(root, file, null);
  await validate(read);
  await expect(validate({ ...Object(read), asarUnpak: [] })).rejects.toThrow(/asarUnpak/);
});

test('every fuse is set, each to the safe side', () => {
  const { electronFuses: fuses } = config;
  expect(fuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
  const named = Object.keys(fuses).map((name) => name.toLowerCase());
  const there = Object.values(FuseV1Options).filter((name) => typeof name === 'string');
  // Turning it off only makes WebAssembly slower; electron-builder has no word for it.
  expect(there.filter((name) => !named.includes(name.toLowerCase()))).toEqual(['WasmTrapHandlers']);
});

test('installers for all three systems, with what can be opened by a double click', () => {
  const { linux, mac, win, fileAssociations, protocols } = config;
  expect(linux.target).toEqual(['AppImage', 'deb']);
  expect(mac.target).toContain('dmg');
  expect(win.target).toEqual(['nsis']);
  expect(fileAssociations.map(({ ext }) => ext)).toEqual(['holdfast', 'csv', 'parquet']);
  expect(protocols.flatMap(({ schemes }) => schemes)).toEqual(['holdfast']);
  for (const { icon } of [linux, mac, win]) {
    const header = readFileSync(join(root, icon));
    expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([1024, 1024]);
  }
});

test('every library that the system must load lies outside the archive', () => {
  const { asarUnpack } = config;
  const shipped = shippedPackages(root, readLock(root));
  const native = [...shipped].flatMap(({ path }) =>
    filesBelow(path).filter((name) => /\.(node|dll|dylib|so)(\.[\d.]+)?$/.test(name)),
  );
  expect(native.length).toBeGreaterThan(3);
  expect(native.filter((name) => !asarUnpack.some((pattern) => matchesGlob(name, pattern)))).toEqual([]);
});

test('what the window looks for is packed, and what the archive must not hold is not', () => {
  const { files, extraResources } = config;
  const packed = (name: string): boolean =>
    files.some((pattern) => !pattern.startsWith('!') && matchesGlob(name, pattern)) &&
    !files.some((pattern) => pattern.startsWith('!') && matchesGlob(name, pattern.slice(1)));
  const wanted = [
    manifest.main.replace('./', ''),
    'out/main/job.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/renderer/licences.json',
  ];
  expect(wanted.filter((name) => !packed(name))).toEqual([]);
  const kept = [
    'resources/samples/samples.json',
    'renderer/main.tsx',
    'e2e/pictures.ts',
    'out/main/main.js.map',
  ];
  expect(kept.filter(packed)).toEqual([]);
  // Found upwards from the bundle: beside the archive, never in it.
  expect(extraResources.map(({ from, to }) => [from, to])).toEqual(
    expect.arrayContaining([
      ['resources/samples', 'resources/samples'],
      ['resources/docs', 'resources/docs'],
    ]),
  );
});

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    );
  } catch {
    // A build for another platform, in the lock and not here.
    return [];
  }
}
