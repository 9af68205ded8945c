import { fail } from '../../preload/contract/errors.ts';
import type { WholeObject } from '../datasets/index.ts';
import type { TaskContext } from '../jobs/index.ts';
import { decodeArtifact } from '../models/index.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import { readPipeline, recipeYaml, ResolvedRecipe } from '../recipes/index.ts';
import { composeGraph } from './compose-graph.ts';
import { checkGolden } from './check-golden.ts';
import {
  Golden,
  runPartNames,
  runParts,
  snapshotPath,
  type BundleContent,
  type BundledObject,
  type BundleFile,
} from './content.ts';
import { collectData, type CollectedData } from './collect-data.ts';
import type { ExportPayload, ExportResult } from './export-task.ts';
import { objectKinds, type Gathered, type KnownObject } from './gather.ts';
import { ensureSigningKey } from './signing/index.ts';
import { writeBundle } from './write-bundle.ts';
import { bundleFiles } from './write-files.ts';

export async function runExport(
  { gathered, withData, dir, configFolder }: ExportPayload,
  { reader, writer, signal, progress }: TaskContext,
): Promise<ExportResult> {
  const { model } = gathered.record;
  progress(0, 'reading the model');
  const content = await readContent(gathered, withData, reader);
  progress(0.1, 'checking the graph against the model');
  const [difference] = await checkGolden(content.graph.bytes, content.golden);
  if (difference) {
    const { row, output, expected, found } = difference;
    throw fail('bundle-self-check', {
      model: `${model.name}@${model.version}`,
      problem: `row ${row}, ${output}: ${expected} and ${found ?? 'nothing'}`,
    });
  }
  const key = await ensureSigningKey(configFolder);
  const written = await writeBundle(dir, model.name, bundleFiles(content), key, {
    signal,
    progress: (fraction, message) => progress(0.2 + 0.8 * fraction, message),
    earlier: await Promise.all(gathered.signatures.map((digest) => reader.get(digest))),
  });
  await writer.put(objectKinds.signature, written.signature);
  const { digest, files } = written;
  return { digest, files, signer: key.fingerprint };
}

async function readContent(
  gathered: Gathered,
  withData: boolean,
  reader: ObjectReader,
): Promise<BundleContent> {
  const { record } = gathered;
  const part = async (name: keyof typeof runParts): Promise<Uint8Array> => {
    const object = gathered.parts[name];
    if (!object) throw fail('bundle-run-incomplete', { run: record.run.id, what: `its ${name}` });
    return reader.get(object.digest);
  };
  const artifact = decodeArtifact(await part('model'));
  const pipeline = readPipeline(await part('pipeline'));
  const golden = Golden.parse(JSON.parse(new TextDecoder().decode(await part('golden'))));
  const recipe = ResolvedRecipe.parse(record.recipe.body);
  if (withData && recipe.join) {
    throw fail('bundle-joined-data', {
      model: `${record.model.name}@${record.model.version}`,
      datasets: recipe.join.map(({ dataset }) => dataset),
    });
  }
  const data = await collectData(gathered, recipe, await part('split'), withData, reader);
  const objects = bundledObjects(gathered, data);
  const made = new Map(wholeObjects(data).map((object) => [object.digest, object.bytes]));
  return {
    record: {
      ...record,
      dataset: { ...record.dataset, imported: data.imported },
      snapshot: {
        ...record.snapshot,
        rows: data.manifest.snapshot.rows,
        columns: data.manifest.columns.length,
      },
      objects,
    },
    recipeYaml: recipeYaml(recipe),
    graph: composeGraph(pipeline, artifact),
    golden,
    data: data.manifest,
    objects: objects.map(({ path, digest }): BundleFile => ({
      path,
      bytes: made.get(digest) ?? (() => reader.get(digest)),
    })),
  };
}

function at(path: string, { digest, kind, size, children }: KnownObject): BundledObject {
  return { path, digest, kind, size, children: [...children] };
}

function wholeObjects({ whole }: CollectedData): readonly WholeObject[] {
  return whole ? [whole.manifest, ...whole.blocks] : [];
}

/** Every object that goes in, with its path; in the order of paths. */
function bundledObjects({ parts }: Gathered, { files, whole }: CollectedData): BundledObject[] {
  const list: BundledObject[] = [];
  for (const name of runPartNames) {
    const object = parts[name];
    if (object) list.push(at(runParts[name], object));
  }
  if (whole) {
    list.push(at(snapshotPath, whole.manifest));
    for (const block of whole.blocks) {
      for (const path of files.get(block.digest) ?? []) list.push(at(path, block));
    }
  }
  return list.sort((a, b) => (a.path < b.path ? -1 : 1));
}
