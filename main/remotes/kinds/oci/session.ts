import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import {
  parseLocation,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../../../platform/network/index.ts';
import type { FoundCredential } from '../../../platform/secrets/index.ts';
import { reasonOf, type Place } from './answers.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import type { OciReference } from './reference.ts';

export type Action = 'pull' | 'pull,push';

/** Requests to one repository, logged in as its registry asks. */
export interface Session {
  readonly place: Place;
  readonly http: HttpClient;
  /** An address in the repository: `blobs/sha256:...`. */
  url(path: string): URL;
  /** Never gives back a 401: a login is found, a token fetched anew once, or `remote-unauthorized` thrown. */
  send(request: HttpRequest, action: Action): Promise<HttpResponse>;
}

const Token = z.object({ token: z.string().min(1).optional(), access_token: z.string().min(1).optional() });

export function createSession(
  reference: OciReference,
  http: HttpClient,
  findCredential: (host: string) => Promise<FoundCredential | undefined>,
): Session {
  const { host, repository, origin } = reference;
  const secrets: string[] = [];
  const place: Place = { host, repository, secrets };
  const authorizations = new Map<Action, string>();
  let credential: FoundCredential | undefined;
  let looked = false;

  async function login(): Promise<FoundCredential | undefined> {
    if (!looked) {
      credential = await findCredential(host);
      looked = true;
      if (credential) secrets.push(credential.password, basic(credential).slice('Basic '.length));
    }
    return credential;
  }

  function unauthorized(): Error {
    const hint =
      credential?.from === 'environment'
        ? 'that login comes from the HOLDFAST_REGISTRY variables of the environment'
        : `run \`holdfast remotes login ${host}\`, or set HOLDFAST_REGISTRY_USER and HOLDFAST_REGISTRY_PASSWORD`;
    return fail('remote-unauthorized', { host, user: credential?.username ?? null, hint });
  }

  /** The header that answers a challenge. */
  async function answer(
    challenges: readonly Challenge[],
    action: Action,
    request: HttpRequest,
  ): Promise<string> {
    const found = await login();
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const realm = bearer?.params.get('realm');
    if (bearer && realm !== undefined) {
      const token = await fetchToken(parseLocation(realm, origin), bearer, action, found, request.signal);
      secrets.push(token);
      return `Bearer ${token}`;
    }
    if (found && challenges.some(({ scheme }) => scheme === 'basic')) return basic(found);
    throw unauthorized();
  }

  /** The token service of the registry (distribution specification, "token authentication"). */
  async function fetchToken(
    url: URL,
    bearer: Challenge,
    action: Action,
    found: FoundCredential | undefined,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const own = `repository:${repository}:${action}`;
    const service = bearer.params.get('service');
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.append('scope', own);
    const authorization = found && basic(found);
    const response = await http.send({ method: 'GET', url, authorization, namedBy: origin, signal });
    if (response.status === 401 || response.status === 403) {
      response.discard();
      throw unauthorized();
    }
    if (response.status !== 200) {
      const reason = await reasonOf(response, secrets);
      throw fail('remote-refused', { host, status: response.status, reason, during: 'the login' });
    }
    const token = Token.safeParse(parseJson(await response.bytes(1_048_576)));
    const text = token.data?.token ?? token.data?.access_token;
    if (text === undefined || /[^\u0021-\u007e]/.test(text)) {
      throw fail('remote-answer-invalid', { host: url.host, reason: 'its token service gave no token' });
    }
    return text;
  }

  return {
    place,
    http,
    url: (path) => new URL(`/v2/${repository}/${path}`, origin),
    async send(request, action) {
      const own = request.url.origin === origin.origin;
      for (let attempt = 0; ; attempt++) {
        const authorization = own ? authorizations.get(action) : undefined;
        const response = await http.send(authorization ? { ...request, authorization } : request);
        if (response.status !== 401) return response;
        const header = response.headers['www-authenticate'];
        response.discard();
        // Basic twice is the same login twice; a token may have run out in the middle of a long upload.
        if (!own || attempt > 0 || authorization?.startsWith('Basic ')) throw unauthorized();
        if (header === undefined) {
          throw fail('remote-answer-invalid', {
            host,
            reason: 'it wants a login and does not say which kind',
          });
        }
        authorizations.set(action, await answer(parseChallenges(header), action, request));
      }
    },
  };
}

function basic({ username, password }: FoundCredential): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
