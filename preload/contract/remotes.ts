import * as z from 'zod';
import { Signer } from './bundles.ts';
import { defineMethod } from './method.ts';
import { ModelRef, ModelVersion } from './registry.ts';

const times = (n: number) => (n === 1 ? 'once' : `${n} times`);

export const remoteFailures = {
  'remote-invalid': (d: { remote: string; reason: string }) =>
    `"${d.remote}" is not a remote: ${d.reason}; write oci://host[:port]/repository[:tag] or file:FOLDER`,
  'remote-unreachable': (d: { host: string; reason: string }) =>
    `cannot reach ${d.host}: ${d.reason}; check the name, the port and the network`,
  'remote-timeout': (d: { host: string; seconds: number; during: string }) =>
    `${d.host} gave no sign of life for ${d.seconds} s while ${d.during}; nothing was changed here, do it again later`,
  'remote-broken-off': (d: { host: string; reason: string; tries: number }) =>
    `the connection to ${d.host} broke off (${d.reason}), tried ${times(d.tries)}; do it again: what arrived is not sent twice`,
  'remote-busy': (d: { host: string; status: number; tries: number; wait?: number | undefined }) =>
    `${d.host} answered ${d.status}${d.status === 429 ? ' (too many requests)' : ' (its own fault)'}, tried ${times(d.tries)}; ` +
    (d.wait === undefined ? 'do it again later' : `it asks to wait ${d.wait} s`),
  'remote-tls': (d: { host: string; reason: string }) =>
    `no trusted connection to ${d.host}: ${d.reason}; have its certificate authority installed in this system, or use --plain-http if it speaks plain http`,
  'remote-redirect': (d: { host: string; to: string; reason: string }) =>
    `${d.host} pointed to ${d.to}, which was refused: ${d.reason}`,
  'remote-answer-invalid': (d: { host: string; reason: string }) =>
    `${d.host} gave an answer that is not a registry's: ${d.reason}`,
  'remote-answer-too-large': (d: { host: string; limit: number }) =>
    `${d.host} sent more than the ${d.limit} bytes that were due; refused`,
  'remote-unauthorized': (d: { host: string; user: string | null; hint: string }) =>
    d.user === null
      ? `${d.host} wants a login; ${d.hint}`
      : `${d.host} did not accept the user name "${d.user}" and its password; ${d.hint}`,
  'remote-forbidden': (d: { host: string; repository: string; action: string }) =>
    `${d.host} does not allow this login to ${d.action} "${d.repository}"; ask its owner, or log in as someone else`,
  'remote-not-found': (d: { remote: string; known?: readonly string[] | undefined }) =>
    `there is nothing at ${d.remote}${d.known?.length ? `; tags there: ${d.known.join(', ')}` : '; check repository and tag'}`,
  'remote-refused': (d: { host: string; status: number; reason: string; during: string }) =>
    `${d.host} refused ${d.during} with ${d.status}: ${d.reason}`,
  'remote-damaged': (d: { remote: string; part: string; reason: string }) =>
    `${d.part} from ${d.remote} is damaged: ${d.reason}; nothing of it was used. Push it again from where it came from`,
  'remote-not-a-model': (d: { remote: string; reason: string }) =>
    `what lies at ${d.remote} is not a model bundle (ModelKit): ${d.reason}`,
  'remote-folder-taken': (d: { path: string; reason: string }) =>
    `"${d.path}" cannot be used as a remote: ${d.reason}; name an empty or new folder`,
  'remote-folder-missing': (d: { path: string; parent: string }) =>
    `"${d.path}" can't be made, because there is no folder "${d.parent}"; is the stick plugged in? Nothing was written`,
  'archive-refused': (d: { entry: string; reason: string }) =>
    `the archive holds "${d.entry}", which was refused: ${d.reason}; nothing of it was used`,
  'keychain-unavailable': (d: { reason: string }) =>
    `this computer's keychain cannot be used (${d.reason}); set HOLDFAST_REGISTRY_USER and HOLDFAST_REGISTRY_PASSWORD instead`,
};

export const RemoteRef = z.string().min(1).max(4096).describe('oci://host[:port]/repo[:tag] or file:DIR');

export const remotes = {
  push: defineMethod({
    doc: 'Sends a model version as a signed bundle to a remote. What the remote has already is not sent again.',
    input: z.object({
      model: ModelRef,
      remote: RemoteRef,
      withData: z.boolean().default(false).describe('put the training data itself inside'),
      tag: z.string().optional().describe('name it gets there; default: the tag in REMOTE, else latest'),
      plainHttp: z.boolean().default(false).describe('allow http to a host other than this machine'),
    }),
    output: z.object({
      remote: z.string(),
      /** Digest of the manifest in the remote. */
      digest: z.string(),
      bundle: z.string(),
      sent: z.object({ blobs: z.int(), bytes: z.number() }),
      skipped: z.object({ blobs: z.int(), bytes: z.number() }),
    }),
    writes: true,
    job: true,
    cli: { args: ['model', 'remote'] },
  }),
  pull: defineMethod({
    doc: 'Brings a bundle from a remote: verifies it first, then adds model, run, recipe, lineage and (if inside) data. A second pull adds nothing.',
    input: z.object({
      remote: RemoteRef,
      trust: z
        .string()
        .min(1)
        .max(120)
        .optional()
        .describe('name to trust the signing key by, if it is not known yet'),
      tag: z.string().optional().describe('which one to bring; default: the tag in REMOTE, else latest'),
      plainHttp: z.boolean().default(false).describe('allow http to a host other than this machine'),
    }),
    output: z.object({
      model: ModelVersion,
      run: z.string(),
      bundle: z.string(),
      signer: Signer,
      /** False when all of it was here already. */
      added: z.boolean(),
    }),
    writes: true,
    job: true,
    cli: { args: ['remote'] },
  }),
  login: defineMethod({
    doc: "Keeps a user name and password for a registry host in this computer's keychain. Pushes and pulls look for a login in this order: HOLDFAST_REGISTRY_<HOST>_USER and _PASSWORD (the host in capitals, _ for all but letters and digits), HOLDFAST_REGISTRY_USER and _PASSWORD, the keychain.",
    input: z.object({
      host: z.string().min(1).max(300).describe('registry, with its port if it has one'),
      username: z.string().min(1).max(300),
      password: z.string().min(1).max(10_000),
    }),
    output: z.object({ host: z.string(), kept: z.string() }),
    anywhere: true,
    cli: { args: ['host'] },
  }),
  logout: defineMethod({
    doc: 'Forgets the password of a registry host.',
    input: z.object({ host: z.string().min(1) }),
    output: z.object({ host: z.string(), forgotten: z.boolean() }),
    anywhere: true,
    cli: { args: ['host'] },
  }),
  list: defineMethod({
    doc: 'Remotes this workspace has pushed to or pulled from, newest first.',
    input: z.object({}),
    output: z.object({
      remotes: z.array(
        z.object({
          remote: z.string(),
          direction: z.enum(['push', 'pull']),
          model: z.string(),
          at: z.string(),
          digest: z.string(),
        }),
      ),
    }),
  }),
};
