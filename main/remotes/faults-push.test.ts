import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../preload/contract/errors.ts';
import type { PackedKit } from './modelkit/index.ts';
import { openRemote } from './open-remote.ts';
import type { RemoteContext } from './remote.ts';
import { readAll, startFaultRegistry, type Fault, type FaultRegistry } from './testing/fault-registry.ts';
import { sampleKit, temporaryFolder, testContext, impatientContext } from './testing/fixtures.ts';
import { pushKit, type PushResult } from './transfer.ts';

let folder = '';
let kit: PackedKit;
let registry: FaultRegistry;

beforeEach(async () => {
  folder = await temporaryFolder();
  kit = await sampleKit(folder);
  const started = await startFaultRegistry();
  registry = started;
  onTestFinished(() => started.close());
});

function push(context: RemoteContext = testContext(folder), signal?: AbortSignal): Promise<PushResult> {
  return pushKit(openRemote(`oci://${registry.host}/team/house:v2`, context), kit, undefined, { signal });
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
const patches = () => registry.seen.filter(({ method }) => method === 'PATCH');

/** Takes `bytes` of the body into the upload, then cuts the connection. */
async function takeThenCut(
  bytes: number,
  ...[request, , { upload, seen }]: Parameters<Fault>
): Promise<true> {
  const body: AsyncIterable<Uint8Array> = request;
  for await (const chunk of body) {
    const before = registry.uploads.get(upload ?? '') ?? Buffer.alloc(0);
    const entry = seen.at(-1);
    const taken = Buffer.from(chunk).subarray(0, bytes - (entry?.received ?? 0));
    registry.uploads.set(upload ?? '', Buffer.concat([before, taken]));
    if (entry) entry.received += taken.length;
    if ((entry?.received ?? 0) >= bytes) break;
  }
  request.socket.resetAndDestroy();
  return true;
}

/** What the registry holds, and what it has to hold after a whole push. */
const stored = () => [[...registry.blobs.keys()].toSorted(), registry.manifests.get('v2')?.toString()];
const whole = () => [
  kit.blobs.map(({ blob }) => blob.digest).toSorted(),
  new TextDecoder().decode(kit.manifest),
];

test('an upload cut inside a part goes on from the offset the registry names', async () => {
  registry.fault = (...about) =>
    patches().length === 3 && about[0].method === 'PATCH' ? takeThenCut(30_000, ...about) : false;
  await push();
  expect(stored()).toEqual(whole());
  const cut = patches()[2];
  expect(registry.seen[registry.seen.findIndex((entry) => entry === cut) + 1]).toMatchObject({
    method: 'GET',
    path: cut?.path,
  });
  expect(patches().map(({ headers }) => headers['content-range'])).toEqual([
    '0-99999', '100000-199999', '200000-299999', '230000-329999', '330000-429999',
    '430000-529999', '530000-629999', `630000-${largest().size - 1}`,
  ]); // prettier-ignore
  // Not a byte twice.
  expect(patches().reduce((sum, { received }) => sum + received, 0)).toBe(largest().size);
});

test('a line that breaks every 64 KiB still gets it through, each byte once', async () => {
  registry.fault = (...about) => (about[0].method === 'PATCH' ? takeThenCut(65_536, ...about) : false);
  await push();
  expect(stored()).toEqual(whole());
  const sent = registry.seen.filter(({ method, path }) => path === patches()[0]?.path && method !== 'GET');
  expect(sent.length).toBeGreaterThan(10);
  expect(sent.reduce((sum, { received }) => sum + received, 0)).toBeLessThanOrEqual(largest().size);
});

test('an upload that the registry has forgotten starts again from the first byte', async () => {
  registry.fault = (request, _response, about) => {
    if (request.method === 'PATCH' && patches().length === 2) {
      registry.uploads.delete(about.upload ?? '');
      request.socket.resetAndDestroy();
      return true;
    }
    return false;
  };
  await push();
  expect(stored()).toEqual(whole());
  expect(patches()[2]?.headers['content-range']).toBe('0-99999');
  expect(patches()[2]?.path).not.toBe(patches()[1]?.path);
});

test('a part that the registry took only half of is sent on from there', async () => {
  registry.fault = async (request, response, { upload, path }) => {
    if (request.method !== 'PATCH' || patches().length !== 1) return false;
    const bytes = await readAll(request);
    registry.uploads.set(upload ?? '', bytes.subarray(0, 50_000));
    response.writeHead(202, { location: path, range: '0-49999' }).end();
    return true;
  };
  await push();
  expect(stored()).toEqual(whole());
  expect(patches()[1]?.headers['content-range']).toBe('50000-149999');
});

test('a line that always breaks at once is given up after five tries, and no tag is left', async () => {
  registry.fault = (request) => {
    if (request.method !== 'PATCH') return false;
    request.socket.resetAndDestroy();
    return true;
  };
  expect(await failed(push())).toMatchObject({
    code: 'remote-broken-off',
    message: `the connection to ${registry.host} broke off (ECONNRESET), tried 5 times; do it again: what arrived is not sent twice`,
  });
  expect(patches().length).toBe(5);
  expect(registry.manifests.size).toBe(0);
});

test('a failed push is taken up by the next one: only what is missing is sent', async () => {
  registry.fault = (request) => {
    if (request.method !== 'PATCH') return false;
    request.socket.resetAndDestroy();
    return true;
  };
  await failed(push());
  const there = registry.blobs.size;
  expect(there).toBeGreaterThan(0);
  registry.fault = () => false;
  expect(await push()).toMatchObject({
    sent: { blobs: kit.blobs.length - there },
    skipped: { blobs: there },
  });
  expect(stored()).toEqual(whole());
});

const steps: readonly (readonly [string, (method: string, path: string) => boolean])[] = [
  ['the look for a blob', (method, path) => method === 'HEAD' && path.includes('/blobs/sha256')],
  ['the start of an upload', (method, path) => method === 'POST' && path.endsWith('/uploads/')],
  ['a part', (method) => method === 'PATCH'],
  ['the end of an upload', (method, path) => method === 'PUT' && path.includes('/uploads/')],
  ['the manifest', (method, path) => method === 'PUT' && path.includes('/manifests/')],
];

for (const [what, matches] of steps) {
  const count = () => registry.seen.filter(({ method, path }) => matches(method, path)).length;
  test.each([429, 500, 502, 503, 504])(`%i once at ${what} is overcome`, async (status) => {
    registry.fault = (request, response, { path }) => {
      if (!matches(request.method ?? '', path) || count() > 1) return false;
      request.resume();
      response.writeHead(status).end();
      return true;
    };
    await push();
    expect(stored()).toEqual(whole());
  });

  test(`503 for ever at ${what} is given up after five tries, without a tag`, async () => {
    registry.fault = (request, response, { path }) => {
      if (!matches(request.method ?? '', path)) return false;
      request.resume();
      response.writeHead(503).end();
      return true;
    };
    expect(await failed(push())).toMatchObject({
      code: 'remote-busy',
      message: `${registry.host} answered 503 (its own fault), tried 5 times; do it again later`,
    });
    expect(count()).toBe(5);
    expect(registry.manifests.size).toBe(0);
  });

  test(`a reset once at ${what} is overcome`, async () => {
    registry.fault = (request, _response, { path }) => {
      if (!matches(request.method ?? '', path) || count() > 1) return false;
      request.socket.resetAndDestroy();
      return true;
    };
    await push();
    expect(stored()).toEqual(whole());
  });

  test(`403 at ${what} is told at once`, async () => {
    registry.fault = (request, response, { path }) => {
      if (!matches(request.method ?? '', path)) return false;
      request.resume();
      response.writeHead(403).end();
      return true;
    };
    expect(await failed(push())).toMatchObject({
      code: 'remote-forbidden',
      message: `${registry.host} does not allow this login to push to "team/house"; ask its owner, or log in as someone else`,
    });
    expect(count()).toBe(1);
    expect(registry.manifests.size).toBe(0);
  });

  test(`silence at ${what} is refused with words after the time set`, async () => {
    registry.fault = (request, _response, { path }) => matches(request.method ?? '', path);
    const failure = await failed(push(impatientContext(folder)));
    expect(failure.code).toBe('remote-timeout');
    expect(failure.message).toMatch(
      new RegExp(
        `^${registry.host} gave no sign of life for 1 s while (waiting for an answer|sending); nothing was changed here, do it again later$`,
      ),
    );
    expect(count()).toBe(1);
    expect(registry.manifests.size).toBe(0);
  });
}

test('Retry-After is waited for', async () => {
  const at: number[] = [];
  registry.fault = (request, response) => {
    if (request.method !== 'POST') return false;
    at.push(performance.now());
    if (at.length > 1) return false;
    response.writeHead(429, { 'retry-after': '1' }).end();
    return true;
  };
  await push();
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(999);
});

test('a Retry-After of an hour is told, not waited for', async () => {
  registry.fault = (request, response) => {
    if (request.method !== 'POST') return false;
    response.writeHead(429, { 'retry-after': '3600' }).end();
    return true;
  };
  expect((await failed(push())).message).toBe(
    `${registry.host} answered 429 (too many requests), tried once; it asks to wait 3600 s`,
  );
});

test('404, 405 and 413 are told with the reason the registry gives', async () => {
  for (const status of [404, 405, 413]) {
    registry.fault = (request, response) => {
      if (request.method !== 'POST') return false;
      response
        .writeHead(status)
        .end('{"errors":[{"code":"NAME_UNKNOWN","message":"no such\\n repository"}]}');
      return true;
    };
    expect((await failed(push())).message).toBe(
      `${registry.host} refused the start of an upload with ${status}: NAME_UNKNOWN: no such repository`,
    );
  }
});

test('a registry that nothing listens at, and a name that does not exist', async () => {
  const closed = await startFaultRegistry();
  await closed.close();
  const nothing = openRemote(`oci://${closed.host}/a`, testContext(folder));
  expect((await failed(pushKit(nothing, kit, undefined, {}))).message).toBe(
    `cannot reach ${closed.host}: nothing listens there; check the name, the port and the network`,
  );
  const nowhere = openRemote(
    'oci://registry.invalid/a',
    testContext(folder, undefined, { connectTimeout: 5000 }),
  );
  const failure = await failed(pushKit(nowhere, kit, undefined, {}));
  expect(failure.code).toMatch(/^remote-(unreachable|broken-off)$/);
});

test('a cancelled push stops at once and leaves no tag', async () => {
  const controller = new AbortController();
  registry.fault = (request) => {
    if (request.method === 'PATCH' && patches().length === 3) controller.abort(new Error('stopped by hand'));
    return false;
  };
  const started = performance.now();
  await expect(push(testContext(folder), controller.signal)).rejects.toThrow('stopped by hand');
  expect(performance.now() - started).toBeLessThan(3000);
  expect(registry.manifests.size).toBe(0);
});

test('a blob that arrives changed is not accepted in silence', async () => {
  registry.fault = async (request, response, { path }) => {
    if (request.method !== 'PUT' || !path.includes('/uploads/')) return false;
    request.resume();
    response.writeHead(201, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end();
    return true;
  };
  expect(await failed(push())).toMatchObject({ code: 'remote-answer-invalid' });
  expect(registry.manifests.size).toBe(0);
});
