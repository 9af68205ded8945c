import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../preload/contract/errors.ts';
import type { PackedKit } from './modelkit/index.ts';
import { openRemote } from './open-remote.ts';
import type { RemoteContext } from './remote.ts';
import { startFaultRegistry, type FaultRegistry } from './testing/fault-registry.ts';
import { sampleKit, temporaryFolder, testContext, impatientContext } from './testing/fixtures.ts';
import { pullKit, pushKit, type PulledKit } from './transfer.ts';

let folder = '';
let kit: PackedKit;
let registry: FaultRegistry;

beforeEach(async () => {
  folder = await temporaryFolder();
  kit = await sampleKit(folder);
  const started = await startFaultRegistry();
  registry = started;
  onTestFinished(() => started.close());
  await pushKit(openRemote(`oci://${registry.host}/team/house:v2`, testContext(folder)), kit, undefined, {});
  registry.seen.length = 0;
});

function pull(context: RemoteContext = testContext(folder), signal?: AbortSignal): Promise<PulledKit> {
  return pullKit(openRemote(`oci://${registry.host}/team/house:v2`, context), join(folder, 'work'), {
    signal,
  });
}

async function failed(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it should have failed');
    },
    (error: Failure) => error,
  );
}

const largest = () => kit.blobs.reduce((a, b) => (b.blob.size > a.blob.size ? b : a)).blob;
const gets = (part: string) =>
  registry.seen.filter(({ method, path }) => method === 'GET' && path.includes(part));

/** Puts other bytes in place of a blob, under its digest. */
function replaceLargest(change: (bytes: Buffer) => Buffer): void {
  const bytes = registry.blobs.get(largest().digest) ?? Buffer.alloc(0);
  registry.blobs.set(largest().digest, change(Buffer.from(bytes)));
}

function putManifest(manifest: unknown): void {
  const bytes = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  registry.manifests.set('v2', Buffer.from(bytes));
}

const read = (): Record<string, unknown> & {
  layers: Record<string, unknown>[];
  config: Record<string, unknown>;
} => JSON.parse(new TextDecoder().decode(kit.manifest));

test('a download cut in the middle goes on from the last byte received', async () => {
  registry.fault = (_request, response, { path }) => {
    if (!path.endsWith(largest().digest) || gets(largest().digest).length > 1) return false;
    const bytes = registry.blobs.get(largest().digest) ?? Buffer.alloc(0);
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 300_000), () => setTimeout(() => response.destroy(), 20));
    return true;
  };
  expect((await pull()).digest).toBe(kit.digest);
  expect(gets(largest().digest).map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=300000-']);
});

test('where the registry has no ranges, the download starts again and is right', async () => {
  registry.fault = (_request, response, { path }) => {
    if (!path.endsWith(largest().digest)) return false;
    const bytes = registry.blobs.get(largest().digest) ?? Buffer.alloc(0);
    response.writeHead(200, { 'content-length': bytes.length });
    if (gets(largest().digest).length > 1) response.end(bytes);
    else response.write(bytes.subarray(0, 300_000), () => setTimeout(() => response.destroy(), 20));
    return true;
  };
  expect((await pull()).digest).toBe(kit.digest);
});

test('a download that always breaks at the same byte is given up after five tries', async () => {
  registry.fault = (_request, response, { path }) => {
    if (!path.endsWith(largest().digest)) return false;
    const bytes = registry.blobs.get(largest().digest) ?? Buffer.alloc(0);
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 100), () => setTimeout(() => response.destroy(), 5));
    return true;
  };
  expect(await failed(pull())).toMatchObject({ code: 'remote-broken-off', details: { tries: 5 } });
  expect(gets(largest().digest).length).toBe(5);
  expect(await readdir(join(folder, 'work', 'blobs'))).not.toContain(largest().digest.slice(7));
});

const steps = [
  ['the manifest', '/manifests/'],
  ['a blob', '/blobs/'],
] as const;

for (const [what, part] of steps) {
  test.each([429, 500, 502, 503, 504])(`%i once at ${what} is overcome`, async (status) => {
    registry.fault = (_request, response, { path }) => {
      if (!path.includes(part) || gets(part).length > 1) return false;
      response.writeHead(status).end();
      return true;
    };
    expect((await pull()).digest).toBe(kit.digest);
  });

  test(`500 for ever at ${what} is given up after five tries`, async () => {
    registry.fault = (_request, response, { path }) => {
      if (!path.includes(part)) return false;
      response.writeHead(500).end();
      return true;
    };
    expect(await failed(pull())).toMatchObject({
      code: 'remote-busy',
      message: `${registry.host} answered 500 (its own fault), tried 5 times; do it again later`,
    });
    expect(gets(part).length).toBe(5);
  });

  test(`silence before the answer at ${what} is refused after the time set`, async () => {
    registry.fault = (_request, _response, { path }) => path.includes(part);
    expect(await failed(pull(impatientContext(folder)))).toMatchObject({
      code: 'remote-timeout',
      message: `${registry.host} gave no sign of life for 1 s while waiting for an answer; nothing was changed here, do it again later`,
    });
  });

  test(`silence after the headers of ${what} is refused after the time set`, async () => {
    registry.fault = (_request, response, { path }) => {
      if (!path.includes(part)) return false;
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.flushHeaders();
      return true;
    };
    expect(await failed(pull(impatientContext(folder)))).toMatchObject({
      code: 'remote-timeout',
      message: `${registry.host} gave no sign of life for 1 s while receiving; nothing was changed here, do it again later`,
    });
  });

  test(`403 at ${what} is told at once`, async () => {
    registry.fault = (_request, response, { path }) => {
      if (!path.includes(part)) return false;
      response.writeHead(403).end();
      return true;
    };
    expect((await failed(pull())).message).toBe(
      `${registry.host} does not allow this login to pull from "team/house"; ask its owner, or log in as someone else`,
    );
    expect(gets(part).length).toBe(1);
  });
}

test('silence in the middle of a download is overcome when something had arrived', async () => {
  registry.fault = (_request, response, { path }) => {
    if (!path.endsWith(largest().digest) || gets(largest().digest).length > 1) return false;
    const bytes = registry.blobs.get(largest().digest) ?? Buffer.alloc(0);
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 200_000));
    return true;
  };
  expect((await pull(impatientContext(folder))).digest).toBe(kit.digest);
  expect(gets(largest().digest)[1]?.headers.range).toBe('bytes=200000-');
});

test.each<readonly [string, (bytes: Buffer) => Buffer, string]>([
  [
    'one bit changed',
    (bytes) => (bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000), bytes),
    'its digest is sha256:',
  ],
  ['its last byte missing', (bytes) => bytes.subarray(0, -1), 'bytes instead of'],
  ['a byte too many', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), 'bytes instead of'],
  ['nothing in it', () => Buffer.alloc(0), '0 bytes instead of'],
])('a blob with %s is refused and not kept', async (_what, change, words) => {
  replaceLargest(change);
  const failure = await failed(pull());
  expect(failure.code).toBe('remote-damaged');
  expect(failure.message).toContain(
    `the blob ${largest().digest} from oci://${registry.host}/team/house:v2 is damaged`,
  );
  expect(failure.message).toContain(words);
  expect(await readdir(join(folder, 'work', 'blobs'))).not.toContain(largest().digest.slice(7));
});

test('a body that ends early with a clean end, or goes on, without a length', async () => {
  const bytes = registry.blobs.get(largest().digest) ?? Buffer.alloc(0);
  for (const body of [bytes.subarray(0, 1000), Buffer.concat([bytes, bytes])]) {
    registry.fault = (_request, response, { path }) => {
      if (!path.endsWith(largest().digest)) return false;
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.end(body);
      return true;
    };
    expect(
      await failed(
        pullKit(
          openRemote(`oci://${registry.host}/team/house:v2`, testContext(folder)),
          join(folder, `work-${body.length}`),
          {},
        ),
      ),
    ).toMatchObject({ code: 'remote-damaged' });
  }
});

test('a blob that is gone', async () => {
  registry.blobs.delete(largest().digest);
  expect((await failed(pull())).message).toContain('is damaged: the registry does not have it');
});

test('a manifest of another digest than the registry says, and one too large', async () => {
  registry.fault = (_request, response, { path }) => {
    if (!path.includes('/manifests/')) return false;
    response.writeHead(200, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end(kit.manifest);
    return true;
  };
  expect(await failed(pull())).toMatchObject({ code: 'remote-damaged', details: { part: 'the manifest' } });
  putManifest(' '.repeat(4 * 1024 * 1024 + 1));
  registry.fault = () => false;
  expect((await failed(pull())).message).toBe(
    `${registry.host} sent more than the 4194304 bytes that were due; refused`,
  );
});

test.each<readonly [string, () => unknown, string]>([
  ['not JSON', () => 'hello', 'its manifest is not JSON'],
  ['JSON of something else', () => ({ a: 1 }), 'its manifest has a wrong schemaVersion'],
  ['an index', () => ({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] }), 'its manifest has a wrong mediaType'],
  ['a container image', () => ({ ...read(), config: { ...read().config, mediaType: 'application/vnd.oci.image.config.v1+json' } }), 'its config is "application/vnd.oci.image.config.v1+json"'],
  ['a layer of another type', () => ({ ...read(), layers: [...read().layers, { ...read().layers[0], mediaType: 'application/x-sh' }] }), 'it holds a layer of type "application/x-sh"'],
  ['a digest that is a path', () => ({ ...read(), layers: [{ ...read().layers[0], digest: 'sha256:../../../etc/passwd' }] }), 'its manifest has a wrong layers.0.digest'],
  ['a digest of another kind', () => ({ ...read(), layers: [{ ...read().layers[0], digest: `md5:${'0'.repeat(32)}` }] }), 'its manifest has a wrong layers.0.digest'],
  ['a negative size', () => ({ ...read(), layers: [{ ...read().layers[0], size: -1 }] }), 'its manifest has a wrong layers.0.size'],
  ['more than any disk', () => ({ ...read(), layers: [{ ...read().layers[0], size: 2 ** 50 }] }), 'more than'],
  ['a huge config', () => ({ ...read(), config: { ...read().config, size: 2 ** 30 } }), 'its config has 1073741824 bytes'],
  ['no layers', () => ({ ...read(), layers: [] }), 'its manifest has a wrong layers'],
  ['too many layers', () => ({ ...read(), layers: Array.from({ length: 1001 }, () => read().layers[0]) }), 'its manifest has a wrong layers'],
])('a manifest that is %s is refused before any blob is asked for', async (_what, manifest, words) => {
  putManifest(manifest());
  const failure = await failed(pull());
  expect(failure.code).toBe('remote-not-a-model');
  expect(failure.message).toContain(words);
  expect(gets('/blobs/')).toEqual([]);
}); // prettier-ignore

test('a page of HTML with status 200, as a captive network sends', async () => {
  registry.fault = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in to our wifi</html>');
    return true;
  };
  expect(await failed(pull())).toMatchObject({ code: 'remote-not-a-model' });
});

test('a cancelled pull stops at once and keeps nothing', async () => {
  const controller = new AbortController();
  registry.fault = (_request, response, { path }) => {
    if (!path.endsWith(largest().digest)) return false;
    response.writeHead(200, { 'content-length': largest().size });
    response.write(Buffer.alloc(1000));
    setTimeout(() => controller.abort(new Error('stopped by hand')), 30);
    return true;
  };
  await expect(pull(testContext(folder), controller.signal)).rejects.toThrow('stopped by hand');
  expect(await readdir(join(folder, 'work', 'blobs'))).not.toContain(largest().digest.slice(7));
});

test('the fixture is honest: a pull without faults asks for the manifest and each blob once', async () => {
  await pull();
  expect(registry.seen.length).toBe(1 + kit.blobs.length);
  const digest = createHash('sha256')
    .update(registry.manifests.get('v2') ?? '')
    .digest('hex');
  expect(`sha256:${digest}`).toBe(kit.digest);
});
