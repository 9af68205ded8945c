import * as z from 'zod';

/** Failures that any domain may raise. */
export const commonFailures = {
  'input-invalid': (d: { method: string; problems: { path: string; message: string }[] }) =>
    `${d.method}: ${d.problems.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join('; ')}`,
  'method-unknown': (d: { method: string }) =>
    `there is no method "${d.method}"; \`holdfast --help\` lists them`,
  cancelled: (d: { what: string }) => `${d.what} was cancelled; nothing was changed`,
  'file-not-found': (d: { path: string }) => `no file at "${d.path}"; check the path`,
  'file-unreadable': (d: { path: string; reason: string }) => `cannot read "${d.path}": ${d.reason}`,
  'disk-full': (d: { path: string; needed?: number | undefined }) =>
    `the disk that holds "${d.path}" is full; nothing was half-written. Free some space and do it again`,
  'not-writable': (d: { path: string; reason: string }) => `cannot write to "${d.path}": ${d.reason}`,
  'path-escapes': (d: { path: string; within: string }) =>
    `"${d.path}" leads outside ${d.within}; only plain relative paths below it are allowed`,
  internal: (d: { what: string; reason: string }) => `${d.what} failed unexpectedly: ${d.reason}`,
};

/** Lower-case hex SHA-256. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits (a SHA-256)');
/** A moment: ISO 8601 in UTC with milliseconds. */
export const Instant = z.string();
/** Which engine did numerical work, for the record. */
export const Engine = z.object({
  id: z.enum(['tensorflow', 'wasm', 'javascript', 'lightgbm']),
  version: z.string(),
  /** Anything that can change the last bits: threads, CPU features. */
  detail: z.string(),
});
export type Engine = z.infer<typeof Engine>;

/** The machine that work was done on, as far as it can change the last bits of a result. */
export const Environment = z.object({
  /** `Linux 6.1.0` */
  os: z.string(),
  architecture: z.string(),
  processor: z.string(),
  cores: z.int(),
  /** Threads that an engine may use where it does not say otherwise itself. */
  threads: z.int(),
  /** Sets of instructions by which numerical libraries choose their code; empty where the system does not tell. */
  flags: z.array(z.string()),
  /** Bytes. */
  memory: z.number(),
  /** `node 24.1.0, V8 13.6` */
  runtime: z.string(),
});
export type Environment = z.infer<typeof Environment>;

/** What kind of prediction: a number, or one of a set of classes. */
export const Task = z.enum(['regression', 'classification']);
export type Task = z.infer<typeof Task>;

/** A name people type: datasets, models, remotes. */
export const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'expected 1 to 63 of a-z 0-9 . _ - and a letter or digit first');
