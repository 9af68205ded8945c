import { fail } from '../../../../preload/contract/errors.ts';
import { isLoopbackHost } from '../../../platform/network/index.ts';
import type { RemoteContext } from '../../remote.ts';
import { tagProblem } from '../../tags.ts';

export interface OciReference {
  /** Host and, where given, port; IPv6 in brackets. */
  readonly host: string;
  readonly repository: string;
  /** A tag, or `sha256:` and a digest. */
  readonly reference: string;
  readonly origin: URL;
}

// Grammar of the OCI distribution specification 1.1, "Pulling manifests".
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const repositoryForm = new RegExp(`^${component}(?:/${component})*$`);
const digestForm = /^sha256:[0-9a-f]{64}$/;

/** `oci://host[:port]/repository[:tag]` or `...@sha256:digest`; no tag means `latest`. */
export function parseOciReference(
  text: string,
  { plainHttp, tag: beside }: Pick<RemoteContext, 'plainHttp' | 'tag'>,
): OciReference {
  const refuse = (reason: string) => fail('remote-invalid', { remote: withoutLogin(text), reason });
  const rest = text.slice('oci://'.length);
  if (!text.startsWith('oci://')) throw refuse('after "oci:" come two slashes and a host');
  if (/[\s\\]/.test(rest)) throw refuse('it holds a space or a backslash');
  const slash = rest.indexOf('/');
  const host = slash === -1 ? rest : rest.slice(0, slash);
  const path = slash === -1 ? '' : rest.slice(slash + 1);
  if (host.includes('@'))
    throw refuse('a login does not belong into the address; use `holdfast remotes login`');
  if (!host) throw refuse('the host is missing');
  checkHost(host, refuse);
  if (!path) throw refuse('the repository is missing after the host');
  if (/[?#]/.test(path)) throw refuse('it holds a "?" or "#"');

  const at = path.indexOf('@');
  const digest = at === -1 ? undefined : path.slice(at + 1);
  if (digest !== undefined && !digestForm.test(digest)) {
    throw refuse('after "@" comes a digest: sha256: and 64 hex digits');
  }
  const named = at === -1 ? path : path.slice(0, at);
  const colon = named.indexOf(':');
  const repository = colon === -1 ? named : named.slice(0, colon);
  const inside = colon === -1 ? undefined : named.slice(colon + 1);
  if (beside !== undefined && beside !== (inside ?? digest ?? beside)) {
    throw refuse(`it names "${inside ?? digest ?? ''}" and the option --tag "${beside}"`);
  }
  const tag = inside ?? beside;
  if (repository !== repository.toLowerCase())
    throw refuse(`the repository "${repository}" has capital letters`);
  if (!repositoryForm.test(repository) || repository.length > 255) {
    throw refuse(`"${repository}" is no repository name (a-z 0-9, separated by . _ - or /)`);
  }
  const problem = tag === undefined ? undefined : tagProblem(tag);
  if (problem !== undefined) throw refuse(problem);
  const hostname = new URL(`http://${host}`).hostname;
  const scheme = plainHttp || isLoopbackHost(hostname) ? 'http' : 'https';
  return {
    host: host.toLowerCase(),
    repository,
    reference: digest ?? tag ?? 'latest',
    origin: new URL(`${scheme}://${host}`),
  };
}

/** Checks what may stand for a host in a reference or a login: name or address, and a port. */
export function checkHost(host: string, refuse: (reason: string) => Error): void {
  const port = /:(\d*)$/.exec(host.replace(/^\[.*?\]/, 'v6'))?.[1];
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    throw refuse(`the port "${port}" is not a number from 1 to 65535`);
  }
  const name = port === undefined ? host : host.slice(0, -port.length - 1);
  const valid = name.startsWith('[')
    ? URL.canParse(`http://${name}`)
    : /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(name) &&
      URL.canParse(`http://${name}`);
  if (!valid) throw refuse(`"${name}" is not a host name or address`);
}

/** A reference that someone wrote a password into is not repeated with it. */
function withoutLogin(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//***@');
}

export function formatOciReference({ host, repository, reference }: OciReference): string {
  return `oci://${host}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
}
