import * as z from 'zod';
import { defineMethod } from './method.ts';
import { ModelRef } from './registry.ts';

export const bundleFailures = {
  'bundle-target-not-empty': (d: { dir: string }) => `"${d.dir}" exists and is not empty; name a new folder`,
  'bundle-run-incomplete': (d: { run: string; what: string }) =>
    `run "${d.run}" can't leave as a bundle: ${d.what} is not in this workspace; verify the workspace, or train the run again`,
  'bundle-data-not-here': (d: { dataset: string; snapshot: string }) =>
    `the data of ${d.dataset} (snapshot ${d.snapshot.slice(0, 12)}) is not in this workspace; import it, or export without data`,
  'bundle-joined-data': (d: { model: string; datasets: string[] }) =>
    `${d.model} took columns of ${d.datasets.join(' and ')} by a join, and a bundle holds the rows of one dataset only; export without data, or train on a query of both (datasets query) and export that`,
  'bundle-self-check': (d: { model: string; problem: string }) =>
    `the bundle of ${d.model} was not written, because its graph does not predict what the model does: ${d.problem}`,
  'bundle-not-verified': (d: { dir: string; problems: { code: string; path: string; message: string }[] }) =>
    `the bundle in "${d.dir}" does not verify, and nothing of it was taken: ${d.problems
      .slice(0, 3)
      .map(({ message }) => message)
      .join('; ')}${d.problems.length > 3 ? ` and ${d.problems.length - 3} more` : ''}`,
  'bundle-signer-unknown': (d: { fingerprint: string }) =>
    `the bundle is intact, and signed by a key that is not known here: ${d.fingerprint}. Compare this fingerprint with its owner, then trust it under a name (--trust NAME)`,
  'bundle-inconsistent': (d: { what: string }) =>
    `the bundle is signed, but contradicts itself: ${d.what}; nothing of it was taken`,
  'signing-key-unusable': (d: { path: string; reason: string }) =>
    `the signing key "${d.path}" cannot be used: ${d.reason}; put back a copy of it, or move it away to have a new one made`,
  'trusted-keys-unreadable': (d: { path: string; reason: string }) =>
    `the list of trusted keys "${d.path}" cannot be read: ${d.reason}; correct it or move it away`,
};

export const BundleProblem = z.object({ code: z.string(), path: z.string(), message: z.string() });

export const Signer = z.object({
  /** SHA-256 of the public key (SPKI DER). */
  fingerprint: z.string(),
  /** The name this user gave the key; null when it is not known here. */
  name: z.string().nullable(),
});

export const bundles = {
  export: defineMethod({
    doc: 'Writes a signed bundle of a model version into a new folder: MLflow model, ONNX, native model, recipe, data manifest, metrics, card, golden rows.',
    input: z.object({
      model: ModelRef,
      dir: z.string().min(1).describe('new or empty folder'),
      withData: z.boolean().default(false).describe('put the training data itself inside'),
    }),
    output: z.object({
      bundle: z.object({
        digest: z.string(),
        files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
      }),
    }),
    writes: true,
    job: true,
    cli: { args: ['model', 'dir'] },
  }),
  verify: defineMethod({
    doc: 'Checks a bundle folder offline: signature, every file, and the golden rows predicted again through ONNX.',
    input: z.object({ dir: z.string().min(1) }),
    output: z.object({
      verified: z.boolean(),
      problems: z.array(BundleProblem),
      signer: Signer.nullable(),
      digest: z.string().nullable(),
    }),
    anywhere: true,
    job: true,
    cli: { args: ['dir'] },
  }),
  keys: defineMethod({
    doc: "This user's own signing key and the keys that are trusted, by name.",
    input: z.object({}),
    output: z.object({ own: Signer.nullable(), trusted: z.array(Signer) }),
    anywhere: true,
  }),
  trust: defineMethod({
    doc: 'Trusts the key that signed a bundle, under a name. Only do so when the fingerprint was compared with its owner.',
    input: z.object({ dir: z.string().min(1), name: z.string().min(1).max(120) }),
    output: z.object({ signer: Signer }),
    anywhere: true,
    cli: { args: ['dir'] },
  }),
};
