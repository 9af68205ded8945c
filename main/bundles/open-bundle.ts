import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { checkFiles, type CheckCall, type Problem } from './check-files.ts';
import { checkGolden } from './check-golden.ts';
import { BundleRecord, Golden } from './content.ts';
import { sha256 } from '../platform/files/index.ts';
import type { SignedFile } from './signing/index.ts';
import { parseStrictJson } from './strict-json.ts';
import { keysHere, signerOf, type Signer } from './signer.ts';

export interface OpenedBundle {
  readonly problems: readonly Problem[];
  /** Null when the signature does not hold; a null name is a key that nobody here has named. */
  readonly signer: Signer | null;
  readonly digest: string | null;
  /** What is inside; null as soon as there is any problem. */
  readonly content: { readonly record: BundleRecord; readonly recipeYaml: string } | null;
}

/**
 * Verifies a bundle folder offline: signature, every file, then (only when all of that holds) the records inside and the
 * golden rows predicted again through ONNX. Never throws for what is wrong with the bundle.
 */
export async function openBundle(
  dir: string,
  configFolder: string,
  call: CheckCall = {},
): Promise<OpenedBundle> {
  const keys = await keysHere(configFolder);
  const { problems, signature, digest } = await checkFiles(
    dir,
    keys.map(({ publicKey }) => publicKey),
    call,
  );
  const signer = signature && signerOf(signature.publicKey, keys);
  if (problems.length > 0 || !signature) return { problems, signer, digest, content: null };
  call.progress?.(0.9, 'predicting the golden rows');
  const inside: Problem[] = [];
  const read = signedReader(dir, signature.files);
  const content = await readContent(read, signature.files, inside);
  if (content) inside.push(...(await goldenProblems(content.graph, content.golden)));
  return { problems: inside, signer, digest, content: inside.length === 0 ? content : null };
}

/** Why reading a bundle's own file failed, with the file's name. */
class ContentFault extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`"${path}" ${reason}`);
    this.path = path;
  }
}

/** Reads a signed file again; what is parsed are the very bytes that were signed. */
type ReadSigned = (path: string) => Promise<Uint8Array>;

function signedReader(dir: string, files: readonly SignedFile[]): ReadSigned {
  const digests = new Map(files.map(({ path, sha256: digest }) => [path, digest]));
  return async (path) => {
    if (!digests.has(path)) throw new ContentFault(path, 'is not there; this is no Holdfast bundle');
    const bytes = await readFile(join(dir, path));
    if (sha256(bytes) !== digests.get(path)) throw new ContentFault(path, 'changed while it was read');
    return bytes;
  };
}

async function readContent(
  read: ReadSigned,
  files: readonly SignedFile[],
  problems: Problem[],
): Promise<{ record: BundleRecord; recipeYaml: string; golden: Golden; graph: Uint8Array } | null> {
  try {
    const record = await readJson(read, 'lineage.json', BundleRecord);
    const golden = await readJson(read, 'golden.json', Golden);
    const recipeYaml = new TextDecoder().decode(await read('recipe.yaml'));
    const graph = await read('model.onnx');
    const digests = new Map(files.map(({ path, sha256: digest }) => [path, digest]));
    for (const { path, digest } of record.objects) {
      if (digests.get(path) !== digest) {
        throw new ContentFault('lineage.json', `says that "${path}" is object ${digest}; it is not`);
      }
    }
    return { record, golden, recipeYaml, graph };
  } catch (error) {
    const path = error instanceof ContentFault ? error.path : '';
    problems.push({
      code: 'content-invalid',
      path,
      message: error instanceof Error ? error.message : String(error),
    });
    return null;
  }
}

async function readJson<Value>(read: ReadSigned, path: string, schema: z.ZodType<Value>): Promise<Value> {
  const bytes = await read(path);
  let json: unknown;
  try {
    json = parseStrictJson(bytes);
  } catch (error) {
    throw new ContentFault(path, `can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ContentFault(
    path,
    `is not as expected at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? ''}`,
  );
}

async function goldenProblems(graph: Uint8Array, golden: Golden): Promise<Problem[]> {
  try {
    const differences = await checkGolden(graph, golden);
    return differences.map(({ row, output, expected, found }) => ({
      code: 'golden-differs',
      path: 'golden.json',
      message: `row ${row}: ${output} should be ${expected}, the model gives ${found ?? 'nothing'}`,
    }));
  } catch (error) {
    const message = `model.onnx can't predict: ${error instanceof Error ? error.message : String(error)}`;
    return [{ code: 'model-unusable', path: 'model.onnx', message }];
  }
}
