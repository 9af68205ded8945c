import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../preload/contract/errors.ts';
import type { PackedKit } from './modelkit/index.ts';
import { openRemote } from './open-remote.ts';
import type { RemoteContext } from './remote.ts';
import { startFaultRegistry, type Fault, type FaultRegistry } from './testing/fault-registry.ts';
import { sampleKit, temporaryFolder, testContext } from './testing/fixtures.ts';
import { pullKit, pushKit } from './transfer.ts';

const login = { username: 'ann', password: 'correct horse' };
const basic = `Basic ${Buffer.from('ann:correct horse').toString('base64')}`;
let folder = '';
let kit: PackedKit;
let registry: FaultRegistry;
/** Another host: a token service, a storage, or a thief. */
let other: FaultRegistry;

beforeEach(async () => {
  folder = await temporaryFolder();
  kit = await sampleKit(folder);
  const started = [await startFaultRegistry(), await startFaultRegistry()] as const;
  [registry, other] = started;
  onTestFinished(async () => {
    await Promise.all(started.map((each) => each.close()));
  });
});

const push = (context: RemoteContext) =>
  pushKit(openRemote(`oci://${registry.host}/team/house:v2`, context), kit, undefined, {});
const pull = (context: RemoteContext) =>
  pullKit(openRemote(`oci://${registry.host}/team/house:v2`, context), `${folder}/work`, {});

async function failed(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it should have failed');
    },
    (error: Failure) => error,
  );
}

/** Nothing that was thrown may hold the password, in any form. */
function expectNoSecret(failure: Failure): void {
  const causes: unknown[] = [];
  for (let cause: unknown = failure; cause instanceof Error; cause = cause.cause)
    causes.push(cause.stack, cause.message);
  const text = JSON.stringify([failure, causes]);
  for (const secret of ['correct horse', basic.slice(6), 'token-']) expect(text).not.toContain(secret);
}

/** The registry wants a token of `other`'s service; each holds for `uses` requests. */
function wantTokens(uses = Infinity): { readonly issued: string[] } {
  const issued: string[] = [];
  const used = new Map<string, number>();
  other.fault = (request, response) => {
    if (request.headers.authorization !== basic) response.writeHead(401).end();
    else {
      issued.push(`token-${issued.length}`);
      response.end(JSON.stringify({ token: issued.at(-1), expires_in: 60 }));
    }
    return true;
  };
  registry.fault = (request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const count = (used.get(token) ?? 0) + 1;
    used.set(token, count);
    if (issued.includes(token) && count <= uses) return false;
    request.resume();
    const challenge = `Bearer realm="http://${other.host}/token",service="a \\"registry\\"",scope="repository:team/house:pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
    return true;
  };
  return { issued };
}

test('a token is fetched once for the whole push, with the login at the token service alone', async () => {
  const { issued } = wantTokens();
  await push(testContext(folder, login));
  expect(issued).toEqual(['token-0']);
  const [asked] = other.seen;
  expect(Object.fromEntries(new URLSearchParams(asked?.query))).toEqual({
    service: 'a "registry"',
    scope: 'repository:team/house:pull,push',
  });
  expect(asked?.headers.authorization).toBe(basic);
  expect(registry.seen.map(({ headers }) => headers.authorization)).not.toContain(basic);
});

test('a token that runs out in the middle of an upload is fetched anew and the upload goes on', async () => {
  const { issued } = wantTokens(5);
  await push(testContext(folder, login));
  expect(issued.length).toBeGreaterThan(2);
  expect(registry.manifests.get('v2')?.equals(kit.manifest)).toBe(true);
});

test('a pull asks for no more than it needs', async () => {
  await push(testContext(folder));
  wantTokens();
  await pull(testContext(folder, login));
  expect(new URLSearchParams(other.seen[0]?.query).get('scope')).toBe('repository:team/house:pull');
});

test('without a login, and with a wrong one, the words say what to do; nothing is tried twice', async () => {
  wantTokens();
  const anonymous = await failed(push(testContext(folder)));
  expect(anonymous).toMatchObject({ code: 'remote-unauthorized', details: { user: null } });
  expect(other.seen.length).toBe(1);
  const wrong = await failed(push(testContext(folder, { username: 'ann', password: 'token-guess' })));
  expect(wrong.message).toBe(
    `${registry.host} did not accept the user name "ann" and its password; run \`holdfast remotes login ${registry.host}\`, or set HOLDFAST_REGISTRY_USER and HOLDFAST_REGISTRY_PASSWORD`,
  );
  expect(other.seen.length).toBe(2);
  expectNoSecret(wrong);
});

test('a wrong login from the environment is told as such', async () => {
  registry.fault = askBasic('nobody');
  const context: RemoteContext = {
    ...testContext(folder),
    credentials: () => Promise.resolve({ ...login, from: 'environment' }),
  };
  expect((await failed(push(context))).message).toBe(
    `${registry.host} did not accept the user name "ann" and its password; that login comes from the HOLDFAST_REGISTRY variables of the environment`,
  );
});

function askBasic(right: string): Fault {
  return (request, response) => {
    if (request.headers.authorization === right) return false;
    request.resume();
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    return true;
  };
}

test('a wrong password is sent once and not again', async () => {
  registry.fault = askBasic('nobody');
  await failed(push(testContext(folder, login)));
  expect(registry.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, basic]);
});

test('an open registry never sees the login', async () => {
  await push(testContext(folder, login));
  expect(registry.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test('a server that repeats the login in its refusal does not get it onto the screen', async () => {
  registry.fault = (request, response, about) => {
    if (askBasic(basic)(request, response, about)) return true;
    if (request.method !== 'POST') return false;
    response.writeHead(400).end(`you sent ${request.headers.authorization} which is correct horse`);
    return true;
  };
  const failure = await failed(push(testContext(folder, login)));
  expect(failure.message).toContain('you sent Basic *** which is ***');
  expectNoSecret(failure);
});

test('a redirect of a download to another host goes there without the login', async () => {
  await push(testContext(folder));
  for (const [digest, bytes] of registry.blobs) other.blobs.set(digest, bytes);
  registry.fault = (request, response, about) => {
    if (askBasic(basic)(request, response, about)) return true;
    if (!about.path.includes('/blobs/')) return false;
    response.writeHead(307, { location: `http://${other.host}${about.path}?signature=abc` }).end();
    return true;
  };
  await pull(testContext(folder, login));
  expect(other.seen.length).toBe(kit.blobs.length);
  expect(
    other.seen.every(({ headers }) => headers.authorization === undefined && headers.cookie === undefined),
  ).toBe(true);
});

test('an upload address on another host gets the bytes it is due and no login', async () => {
  registry.fault = (request, response, about) => {
    if (askBasic(basic)(request, response, about)) return true;
    if (request.method !== 'POST') return false;
    other.uploads.set('ab', Buffer.alloc(0));
    response
      .writeHead(202, { location: `http://${other.host}/v2/team/house/blobs/uploads/ab`, range: '0-0' })
      .end();
    return true;
  };
  await push(testContext(folder, login));
  expect(other.seen.length).toBeGreaterThan(0);
  expect(other.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test.each([
  ['to the metadata service of a cloud', 'http://169.254.169.254/latest/meta-data', 'link-local and metadata addresses are never followed'],
  ['to the same, in decimal', 'http://2852039166/', 'link-local and metadata addresses are never followed'],
  ['to the same, within IPv6', 'http://[::ffff:169.254.169.254]/', 'link-local and metadata addresses are never followed'],
  ['to a file', 'file:///etc/passwd', 'the scheme file: is not http or https'],
  ['with a login inside', 'http://a:b@127.0.0.1:1/', 'it carries a login inside the address'],
  ['for ever', '/v2/team/house/manifests/v2', 'more than 5 redirects in a row'],
])('a redirect %s is refused', async (_what, location, reason) => {
  registry.fault = (_request, response) => {
    response.writeHead(302, { location }).end();
    return true;
  };
  const failure = await failed(pull(testContext(folder, login)));
  expect(failure).toMatchObject({ code: 'remote-redirect', details: { reason } });
  expect(other.seen).toEqual([]);
}); // prettier-ignore

test.each(['http://169.254.169.254/token', 'ftp://127.0.0.1/token'])(
  'a token service at %s is refused',
  async (realm) => {
    registry.fault = (request, response) => {
      request.resume();
      response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();
      return true;
    };
    expect(await failed(push(testContext(folder, login)))).toMatchObject({ code: 'remote-redirect' });
  },
);

test('a login that the server does not explain, or explains as nonsense', async () => {
  for (const challenge of [undefined, '', 'Negotiate', 'Bearer', '"""', 'Bearer realm=']) {
    registry.fault = (request, response) => {
      request.resume();
      response.writeHead(401, challenge === undefined ? {} : { 'www-authenticate': challenge }).end();
      return true;
    };
    expect((await failed(push(testContext(folder, login)))).code).toMatch(
      /^remote-(unauthorized|answer-invalid)$/,
    );
  }
});

test('a token service that gives no token, or one that would break the header', async () => {
  wantTokens();
  for (const answer of ['{}', 'hello', '{"token":""}', '{"token":"a\\r\\nX-Evil: 1"}']) {
    other.fault = (_request, response) => {
      response.end(answer);
      return true;
    };
    expect((await failed(push(testContext(folder, login)))).message).toBe(
      `${other.host} gave an answer that is not a registry's: its token service gave no token`,
    );
  }
});
