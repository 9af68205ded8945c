import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { SubjectPlaces } from '../../../../preload/contract/privacy.ts';
import { userPaths } from '../../../platform/paths.ts';
import { datasetNames, openSnapshot, resolveDataset } from '../../../datasets/index.ts';
import type { CallContext } from '../../../workspaces/index.ts';
import { ensureSecretKey, keyedHash } from '../secret-key.ts';
import { searchTask } from '../tasks.ts';
import { recordsWith } from './records-with.ts';
import { madeVersions, readCatalogue, type MadeVersion, type SnapshotPlace } from './store.ts';

/** Shorter ones stand in too many places by chance: they are looked for in columns of that name alone. */
const tellingLength = 4;

/** Where a person's key is, in this workspace. The value itself is neither returned nor recorded. */
export async function findSubject(
  { subject, value }: { readonly subject: string; readonly value: string },
  context: CallContext,
): Promise<SubjectPlaces> {
  const { db, objects: store } = context.workspace;
  const { dataset, column } = await resolveSubject(subject, context);
  context.about({ dataset }, `find a person by ${dataset}.${column}`);
  const telling = value.length >= tellingLength;
  const catalogue = readCatalogue(db);
  const { result } = await context.task(searchTask, {
    manifests: [...new Set(catalogue.snapshots.map(({ manifest }) => manifest))],
    objects: telling ? catalogue.others.map(({ digest }) => digest) : [],
    value,
  });
  const found = new Map(
    result.snapshots.flatMap(({ manifest, columns, rows }) => {
      const counted = columns.filter(({ name }) => telling || name === column);
      return counted.length > 0 ? [[manifest, { columns: counted, rows }] as const] : [];
    }),
  );
  const holds = ({ manifest }: SnapshotPlace): boolean => found.has(manifest);
  const held = new Map(
    catalogue.snapshots.filter(holds).map(({ snapshot, manifest }) => [snapshot, manifest]),
  );
  const withValue = new Set(result.objects);
  const runs = [];
  for (const run of catalogue.runs) {
    const manifest = held.get(run.snapshot);
    const parts = run.objects.filter(({ digest }) => withValue.has(digest)).map(({ part }) => part);
    if (manifest === undefined && parts.length === 0) continue;
    const golden = run.objects.find(({ part }) => part === 'golden');
    const rows = new Set(manifest === undefined ? [] : found.get(manifest)?.rows);
    const goldenRows = golden ? await countGolden(await store.get(golden.digest), rows) : 0;
    runs.push({
      run: run.id,
      dataset: run.dataset,
      version: run.version,
      split: run.split && manifest !== undefined,
      goldenRows,
      parts,
    });
  }
  const ofRun = new Set(runs.map(({ run }) => run));
  const models = catalogue.models.filter(({ run }) => ofRun.has(run));
  const names = new Set(models.map(({ model, version }) => `${model}@${version}`));
  const { bytes } = await ensureSecretKey(userPaths().config, 'default');
  return {
    dataset,
    column,
    subject: keyedHash(bytes, value),
    snapshots: catalogue.snapshots
      .filter(holds)
      .map(({ dataset: of, version, snapshot, trashed, manifest, rows }) => {
        const { columns, rows: own } = found.get(manifest)!;
        return { dataset: of, version, snapshot, trashed, rows, found: own.length, columns: [...columns] };
      }),
    derived: derivedOf(new Set(held.keys()), madeVersions(db)).map(({ dataset: of, version, how }) => ({
      dataset: of,
      version,
      how,
    })),
    runs,
    models: models.map(({ model, version, run }) => ({ model, version, run })),
    bundles: catalogue.bundles
      .filter(({ model, version }) => names.has(`${model}@${version}`))
      .map(({ digest, model, version, direction, withData }) => ({
        digest,
        model,
        version,
        direction,
        withData,
      })),
    objects: catalogue.others.filter(({ digest }) => withValue.has(digest)),
    records: telling ? recordsWith(db, value) : [],
    notes: telling
      ? []
      : [
          `a value of fewer than ${tellingLength} characters stands in too many places by chance: only columns named "${column}" were searched, and neither other objects nor records`,
        ],
  };
}

/** `people.email`: names of datasets may have dots too. Throws `subject-unreadable`, `dataset-not-found`, `column-not-found`. */
async function resolveSubject(subject: string, { workspace: { db, objects } }: CallContext) {
  const known = datasetNames(db);
  const names = known.filter((name) => subject.startsWith(`${name}.`) && subject.length > name.length + 1);
  const dataset = names.toSorted((a, b) => b.length - a.length)[0];
  if (dataset === undefined) throw fail('subject-unreadable', { subject, known });
  const column = subject.slice(dataset.length + 1);
  const { manifest } = resolveDataset(db, dataset);
  const columns = (await openSnapshot(objects, manifest)).schema.map(({ name }) => name);
  if (!columns.includes(column)) throw fail('column-not-found', { column, known: columns, where: dataset });
  return { dataset, column };
}

/** Versions made of these snapshots, or of what was made of them, in which the value itself does not stand. */
function derivedOf(held: ReadonlySet<string>, made: readonly MadeVersion[]): MadeVersion[] {
  const reached = new Set(held);
  // As often as something new is reached: a snapshot may be recorded again after what was made of it.
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { snapshot, parents } of made)
      if (parents.some((parent) => reached.has(parent))) reached.add(snapshot);
  }
  return made.filter(
    ({ snapshot, parents }) => !held.has(snapshot) && parents.some((parent) => reached.has(parent)),
  );
}

const GoldenRows = z.object({ rows: z.array(z.object({ row: z.int() })) });

/** Golden rows that are rows of the person; they count from 1. */
async function countGolden(bytes: Uint8Array, rows: ReadonlySet<number>): Promise<number> {
  const golden = GoldenRows.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return golden.rows.filter(({ row }) => rows.has(row - 1)).length;
}
