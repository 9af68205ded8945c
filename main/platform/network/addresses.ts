import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { fail } from '../../../preload/contract/errors.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Link-local and "this host": where clouds keep their metadata services (169.254.169.254, fd00:ec2::254 and kin). */
const neverByHint = new BlockList();
neverByHint.addSubnet('0.0.0.0', 8, 'ipv4');
neverByHint.addSubnet('169.254.0.0', 16, 'ipv4');
neverByHint.addAddress('100.100.100.200', 'ipv4');
neverByHint.addAddress('::', 'ipv6');
neverByHint.addSubnet('fe80::', 10, 'ipv6');
neverByHint.addSubnet('fd00:ec2::', 32, 'ipv6');

/** `[::1]` as URLs spell it, to `::1`. */
function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

function holds(list: BlockList, address: string): boolean {
  const family = isIP(address);
  // BlockList sees IPv4 rules in IPv4-mapped IPv6 addresses (::ffff:127.0.0.1) too.
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** This machine, by what is written: 127.0.0.0/8, ::1, `localhost` and names below it. No name is resolved. */
export function isLoopbackHost(host: string): boolean {
  const name = bare(host).toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || holds(loopback, name);
}

/** Why a server may not send us to this address; undefined when it may. */
function refusal(address: string, fromLoopback: boolean): string | undefined {
  if (holds(neverByHint, address)) return 'link-local and metadata addresses are never followed';
  if (!fromLoopback && holds(loopback, address)) return 'a remote host may not point to this machine';
  return undefined;
}

/**
 * The rule for every address that a server hands us (redirect, upload location, token service): not from https to http,
 * not to another scheme, not to link-local or metadata addresses, and to this machine only from this machine.
 * Names are checked again when they resolve, by `guardedLookup`.
 */
export function checkHint(from: URL, to: URL): void {
  const refuse = (reason: string): never => {
    throw fail('remote-redirect', { host: from.host, to: to.host || to.protocol, reason });
  };
  if (to.protocol !== 'https:' && to.protocol !== 'http:')
    refuse(`the scheme ${to.protocol} is not http or https`);
  if (from.protocol === 'https:' && to.protocol === 'http:') refuse('it leads from https to plain http');
  if (to.username || to.password) refuse('it carries a login inside the address');
  const fromLoopback = isLoopbackHost(from.hostname);
  if (!fromLoopback && isLoopbackHost(to.hostname)) refuse('a remote host may not point to this machine');
  const reason = refusal(bare(to.hostname), fromLoopback);
  if (reason) refuse(reason);
}

/** A resolver that refuses, at the moment of connecting, what `checkHint` refuses by name. */
export function guardedLookup(from: URL): LookupFunction {
  const fromLoopback = isLoopbackHost(from.hostname);
  return (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      for (const { address } of addresses) {
        const reason = refusal(address, fromLoopback);
        if (reason) {
          return callback(fail('remote-redirect', { host: from.host, to: hostname, reason }), []);
        }
      }
      if (options.all) return callback(null, addresses);
      const first = addresses[0];
      return callback(null, first?.address ?? '', first?.family);
    });
  };
}
