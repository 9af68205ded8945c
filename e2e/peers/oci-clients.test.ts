import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packKit, type PackedKit } from '../../main/remotes/modelkit/index.ts';
import { openRemote } from '../../main/remotes/open-remote.ts';
import {
  registryProgram,
  startDockerRegistry,
  type DockerRegistry,
} from '../../main/remotes/testing/docker-registry.ts';
import { labels, testContext } from '../../main/remotes/testing/fixtures.ts';
import { sampleBundle, writeFiles } from '../../main/remotes/testing/sample-bundle.ts';
import { pullKit, pushKit } from '../../main/remotes/transfer.ts';
import { oracles, runOracle } from '../../main/testing/python-oracle.ts';

const run = promisify(execFile);

/** A program on the PATH; says so where it isn't. */
function find(name: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = places.find((path) => existsSync(path));
  if (!found) console.warn(`SKIPPED: no ${name} here; what Holdfast pushes is not read by the real one`);
  return found;
}
const kitProgram = find('kit');
const crane = find('crane');

async function files(dir: string): Promise<Record<string, string>> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = await Promise.all(
    paths.map(
      async (path) => [path.slice(dir.length + 1), (await readFile(path)).toString('base64')] as const,
    ),
  );
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Kit writes the Kitfile anew from its data; oras knows of none. */
async function withoutKitfile(dir: string): Promise<Record<string, string>> {
  const { Kitfile, ...rest } = await files(dir);
  void Kitfile;
  return rest;
}

describe.skipIf(!registryProgram)('what is pushed to a real registry, other clients read', () => {
  let folder = '';
  let kit: PackedKit;
  let registry: DockerRegistry;
  let reference = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-peers-'));
    registry = await startDockerRegistry();
    reference = `${registry.host}/team/house:v2`;
    await writeFiles(join(folder, 'bundle'), sampleBundle());
    kit = await packKit(join(folder, 'bundle'), join(folder, 'kit'), labels);
    await pushKit(openRemote(`oci://${reference}`, testContext(folder)), kit, undefined, {});
  });
  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.skipIf(!oracles)('oras pulls every layer, and Python unpacks the bundle from them', async () => {
    const program = `
import os, sys, tarfile, oras.client
target, out = sys.argv[1:]
client = oras.client.OrasClient(insecure=True)
manifest = client.get_manifest(target)
kinds = ["application/vnd.oci.image.manifest.v1+json"] + [layer["mediaType"] for layer in manifest["layers"]]
for path in client.pull(target=target, outdir=out + "-layers", allowed_media_type=kinds):
    with tarfile.open(path) as archive:
        archive.extractall(out)
`;
    await runOracle(['-c', program, reference, join(folder, 'by-oras')]);
    expect(await files(join(folder, 'by-oras'))).toEqual(await withoutKitfile(join(folder, 'bundle')));
  });

  test.skipIf(!kitProgram)('kit unpacks it, and packs one that Holdfast reads', async () => {
    const env = { ...process.env, KITOPS_HOME: join(folder, 'kit-home') };
    const out = join(folder, 'by-kit');
    await run(kitProgram ?? '', ['unpack', '--plain-http', reference, '-d', out], { env });
    expect(await withoutKitfile(out)).toEqual(await withoutKitfile(join(folder, 'bundle')));

    const theirs = `${registry.host}/team/theirs:v1`;
    await run(kitProgram ?? '', ['pack', '.', '-t', theirs], { cwd: out, env });
    await run(kitProgram ?? '', ['push', '--plain-http', theirs], { env });
    const pulled = await pullKit(
      openRemote(`oci://${theirs}`, testContext(folder)),
      join(folder, 'work'),
      {},
    );
    expect(await withoutKitfile(pulled.folder)).toEqual(await withoutKitfile(join(folder, 'bundle')));
  });

  test.skipIf(!crane)('crane names the same digest and copies it, blobs and all', async () => {
    const copy = `${registry.host}/team/copy:v2`;
    expect((await run(crane ?? '', ['digest', reference])).stdout.trim()).toBe(kit.digest);
    await run(crane ?? '', ['copy', reference, copy]);
    const pulled = await pullKit(
      openRemote(`oci://${copy}`, testContext(folder)),
      join(folder, 'copied'),
      {},
    );
    expect(pulled.digest).toBe(kit.digest);
    expect(await files(pulled.folder)).toEqual(await files(join(folder, 'bundle')));
  });
});
