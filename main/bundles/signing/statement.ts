import { createHash } from 'node:crypto';
import * as z from 'zod';
import { parseStrictJson } from '../strict-json.ts';

/** One signed file: POSIX path below the bundle, lower-case hex SHA-256. */
export interface SignedFile {
  readonly path: string;
  readonly sha256: string;
}

export const signatureFile = 'model.sig';
const statementType = 'https://in-toto.io/Statement/v1';
const predicateType = 'https://model_signing/signature/v1.0';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** OpenSSF model signing 1.0 as an in-toto statement; unknown keys of the predicate are allowed by its specification. */
const Statement = z.object({
  _type: z.literal(statementType),
  predicateType: z.literal(predicateType),
  subject: z.tuple([z.object({ name: z.string(), digest: z.object({ sha256: Hex }) })]),
  predicate: z.object({
    serialization: z.object({ method: z.literal('files'), hash_type: z.literal('sha256') }),
    resources: z
      .array(z.object({ name: z.string().min(1), algorithm: z.literal('sha256'), digest: Hex }))
      .min(1),
  }),
});

/**
 * The statement for these files, as the bytes that get signed: resources in name order, the subject's digest over
 * their raw digests. The signature's own file is the one path left out, since it can't hold its own digest.
 */
export function writeStatement(name: string, files: readonly SignedFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return Buffer.from(
    JSON.stringify({
      _type: statementType,
      subject: [{ name, digest: { sha256: rootDigest(sorted.map((file) => file.sha256)) } }],
      predicateType,
      predicate: {
        serialization: {
          method: 'files',
          hash_type: 'sha256',
          allow_symlinks: false,
          ignore_paths: [signatureFile],
        },
        resources: sorted.map((file) => ({ name: file.path, algorithm: 'sha256', digest: file.sha256 })),
      },
    }),
  );
}

/** Throws an Error in words when it is not such a statement or contradicts itself. */
export function readStatement(bytes: Uint8Array): {
  readonly name: string;
  readonly files: readonly SignedFile[];
} {
  const parsed = Statement.safeParse(parseStrictJson(bytes));
  if (!parsed.success)
    throw new Error(`the signed statement is not one of model signing 1.0: ${issues(parsed.error)}`);
  const { subject, predicate } = parsed.data;
  const files = predicate.resources.map(({ name, digest }) => ({ path: name, sha256: digest }));
  if (new Set(files.map((file) => file.path)).size !== files.length) {
    throw new Error('the signed statement names a file twice');
  }
  if (rootDigest(files.map((file) => file.sha256)) !== subject[0].digest.sha256) {
    throw new Error("the signed statement's own digest does not match the files it lists");
  }
  return { name: subject[0].name, files };
}

function rootDigest(digests: readonly string[]): string {
  const hash = createHash('sha256');
  for (const digest of digests) hash.update(Buffer.from(digest, 'hex'));
  return hash.digest('hex');
}

/** A schema's complaints in one line. */
export function issues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`).join('; ');
}
