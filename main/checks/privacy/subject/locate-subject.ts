import { isTextType } from '../../../../preload/contract/column-types.ts';
import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { SubjectPlaces } from '../../../../preload/contract/privacy.ts';
import { sha256 } from '../../../platform/files/index.ts';
import { userPaths } from '../../../platform/paths.ts';
import { datasetNames, openSnapshot, resolveDataset } from '../../../datasets/index.ts';
import type { CallContext } from '../../../workspaces/index.ts';
import { ensureSecretKey, keyedHash } from '../secret-key.ts';
import { scanFilesTask, searchTask } from '../tasks.ts';
import { recordsWith } from './records-with.ts';
import type { FoundColumn } from './search.ts';
import { madeVersions, readCatalogue, type Catalogue, type MadeVersion, type RowsHeld } from './store.ts';

/** Shorter ones stand in too many places by chance: they are looked for in columns of that name alone. */
const tellingLength = 4;

/** What goes out of a snapshot. */
export interface SnapshotChange {
  readonly snapshot: string;
  readonly manifest: string;
  /** Counted from 0. */
  readonly rows: ReadonlySet<number>;
  readonly mentions: readonly { readonly column: string; readonly rows: Int32Array }[];
}

export interface Located {
  readonly places: SubjectPlaces;
  readonly catalogue: Catalogue;
  /** By snapshot. */
  readonly changes: ReadonlyMap<string, SnapshotChange>;
  /** Versions that a query made of changed ones, the person's rows in which are not known. */
  readonly unknown: readonly MadeVersion[];
  /** Objects other than columns in which the value stands. */
  readonly withValue: ReadonlySet<string>;
  readonly telling: boolean;
}

/**
 * Where a person's key is, in this workspace. `keep` names versions (`NAME@N`) that were looked at and hold nothing of the person,
 * whatever stands in columns of other names. The value itself is neither part of `places` nor recorded.
 */
export async function locateSubject(
  {
    subject,
    value,
    keep = [],
  }: { readonly subject: string; readonly value: string; readonly keep?: readonly string[] },
  rowsHeld: RowsHeld,
  context: CallContext,
): Promise<Located> {
  const { db, dir, objects: store } = context.workspace;
  const { dataset, column } = await resolveSubject(subject, context);
  context.about({ dataset }, `find a person by ${dataset}.${column}`);
  const telling = value.length >= tellingLength;
  const catalogue = readCatalogue(db, rowsHeld);
  const { result } = await context.task(
    searchTask,
    {
      manifests: [...new Set(catalogue.snapshots.map(({ manifest }) => manifest))],
      objects: telling ? catalogue.others.map(({ digest }) => digest) : [],
      value,
    },
    [0, 0.3],
  );
  const { result: files } = await context.task(scanFilesTask, { dir, value, foreign: true }, [0.3, 0.4]);
  const found = new Map(
    result.snapshots.flatMap(({ manifest, columns }) => {
      const counted = columns.filter(({ name }) => telling || name === column);
      return counted.length > 0 ? [[manifest, counted] as const] : [];
    }),
  );
  const kept = new Set(keep);
  const isKept = (one: { readonly dataset: string; readonly version: number }): boolean =>
    kept.has(`${one.dataset}@${one.version}`);
  const isPerson = ({ name, type }: FoundColumn): boolean => name === column || isTextType(type);
  const changes = new Map<string, SnapshotChange>();
  for (const place of catalogue.snapshots) {
    const columns = (found.get(place.manifest) ?? []).filter(
      (one) => isPerson(one) && !(isKept(place) && one.name !== column),
    );
    if (columns.length === 0) continue;
    changes.set(place.snapshot, {
      snapshot: place.snapshot,
      manifest: place.manifest,
      rows: new Set(columns.flatMap(({ rows }) => [...rows])),
      mentions: telling
        ? columns
            .filter(({ mentions }) => mentions.length > 0)
            .map(({ name, mentions }) => ({ column: name, rows: mentions }))
        : [],
    });
  }
  const { derived, unknown } = follow(changes, catalogue, madeVersions(db), isKept);
  const touched = new Set([...changes.keys(), ...unknown.map(({ snapshot }) => snapshot)]);
  const withValue = new Set(result.objects);
  const runs = [];
  const reached = new Set<string>();
  for (const run of catalogue.runs) {
    const held = touched.has(run.snapshot);
    const joined = run.joined.some((snapshot) => touched.has(snapshot));
    const parts = run.objects.filter(({ digest }) => withValue.has(digest)).map(({ part }) => part);
    if (!held && !joined && parts.length === 0) continue;
    reached.add(run.id);
    if (run.erased) continue;
    const golden = run.objects.find(({ part }) => part === 'golden');
    const rows = changes.get(run.snapshot)?.rows ?? new Set<number>();
    const { persons: goldenRows, others } = golden
      ? await countGolden(await store.get(golden.digest), rows)
      : { persons: 0, others: 1 };
    const sure = !held || changes.has(run.snapshot);
    runs.push({
      run: run.id,
      dataset: run.dataset,
      version: run.version,
      split: run.split && held,
      goldenRows,
      parts,
      goesBecause: !run.done
        ? 'it has no model'
        : !sure
          ? 'which of its rows are this person’s is not known'
          : others === 0
            ? 'all its golden rows are this person’s'
            : (run.holdsRows ?? heldIn(parts)),
    });
  }
  const ofRun = new Set(runs.map(({ run }) => run));
  const models = catalogue.models.filter(({ run }) => ofRun.has(run));
  // What left of a run that was erased before is to be recalled for this person too.
  const names = new Set(
    catalogue.models.filter(({ run }) => reached.has(run)).map(({ model, version }) => `${model}@${version}`),
  );
  const bundles = catalogue.bundles.filter(({ model, version }) => names.has(`${model}@${version}`));
  const { bytes } = await ensureSecretKey(userPaths().config, 'default');
  const places: SubjectPlaces = {
    dataset,
    column,
    subject: keyedHash(bytes, value),
    snapshots: catalogue.snapshots
      .filter(({ manifest }) => found.has(manifest))
      .map(({ dataset: of, version, snapshot, trashed, manifest, rows }) => {
        const columns = found.get(manifest)!;
        return {
          dataset: of,
          version,
          snapshot,
          trashed,
          rows,
          found: new Set(columns.flatMap((one) => [...one.rows])).size,
          goes: changes.get(snapshot)?.rows.size ?? 0,
          columns: columns.map((one) => ({
            name: one.name,
            rows: one.rows.length,
            mentions: one.mentions.length,
            person: isPerson(one),
          })),
        };
      }),
    derived: derived.map(({ dataset: of, version, how, snapshot }) => ({
      dataset: of,
      version,
      how,
      rows: changes.get(snapshot)?.rows.size ?? null,
      kept: isKept({ dataset: of, version }),
    })),
    runs,
    models: models.map(({ model, version, run }) => ({ model, version, run })),
    bundles: bundles.map(({ digest, model, version, direction, withData }) => ({
      digest,
      model,
      version,
      direction,
      withData,
    })),
    folders: bundleFolders(files.bundles, new Set(bundles.map(({ digest }) => digest)), files.found),
    files: [],
    objects: catalogue.others.filter(({ digest }) => withValue.has(digest)),
    records: telling ? recordsWith(db, value) : [],
    notes: telling
      ? []
      : [
          `a value of fewer than ${tellingLength} characters stands in too many places by chance: only columns named "${column}" were searched, and neither other objects nor records`,
        ],
  };
  const inFolders = (file: string): boolean => places.folders.some((folder) => file.startsWith(`${folder}/`));
  places.files = telling ? files.found.filter((file) => !inFolders(file)) : [];
  return { places, catalogue, changes, unknown, withValue, telling };
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

/**
 * Versions made of changed ones, one after the other. A treatment keeps the order of rows: the same rows go out of what it made. Of a
 * query's result nobody can tell; where the value stands in it, its rows are known by that.
 */
function follow(
  changes: Map<string, SnapshotChange>,
  { snapshots }: Catalogue,
  made: readonly MadeVersion[],
  isKept: (version: MadeVersion) => boolean,
): { derived: MadeVersion[]; unknown: MadeVersion[] } {
  const held = new Set(changes.keys());
  const reached = new Set(held);
  const places = new Map(snapshots.map((place) => [place.snapshot, place]));
  // As often as something new is reached: a snapshot may be recorded again after what was made of it.
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const version of made) {
      const { snapshot, parents, how } = version;
      const place = places.get(snapshot);
      if (!place || !parents.some((parent) => reached.has(parent))) continue;
      if (isKept(version) && !held.has(snapshot)) continue;
      reached.add(snapshot);
      const rows = parents.flatMap((parent) =>
        places.get(parent)?.rows === place.rows ? [...(changes.get(parent)?.rows ?? [])] : [],
      );
      if (how !== 'treatment' || rows.length === 0) continue;
      const own = changes.get(snapshot);
      changes.set(snapshot, {
        snapshot,
        manifest: place.manifest,
        rows: new Set([...(own?.rows ?? []), ...rows]),
        mentions: own?.mentions ?? [],
      });
    }
  }
  const derived = made.filter(
    ({ snapshot, parents }) => !held.has(snapshot) && parents.some((parent) => reached.has(parent)),
  );
  const unknown = derived.filter((version) => !changes.has(version.snapshot) && !isKept(version));
  return { derived, unknown };
}

const Signature = z.object({ dsseEnvelope: z.object({ payload: z.string() }) });
const Statement = z.object({
  predicate: z.object({ resources: z.array(z.object({ name: z.string(), digest: z.string() })) }),
});

/** Bundles that lie in the workspace's folder: those of the person's models, and those in whose files the value stands. */
function bundleFolders(
  bundles: readonly { readonly folder: string; readonly signature: string }[],
  digests: ReadonlySet<string>,
  files: readonly string[],
): string[] {
  return bundles
    .filter(
      ({ folder, signature }) =>
        digests.has(digestOf(signature) ?? '') || files.some((file) => file.startsWith(`${folder}/`)),
    )
    .map(({ folder }) => folder);
}

/** The digest of the bundle that a signature's text is for; undefined when it can't be read. */
function digestOf(signature: string): string | undefined {
  try {
    const { dsseEnvelope } = Signature.parse(JSON.parse(signature));
    const text = Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8');
    const { resources } = Statement.parse(JSON.parse(text)).predicate;
    const lines = resources
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, digest }) => `${digest}  ${name}\n`);
    return sha256(lines.join(''));
  } catch {
    return undefined;
  }
}

const GoldenRows = z.object({ rows: z.array(z.object({ row: z.int() })) });

/** Golden rows that are rows of the person, and those that are not; they count from 1. */
async function countGolden(
  bytes: Uint8Array,
  rows: ReadonlySet<number>,
): Promise<{ persons: number; others: number }> {
  const golden = GoldenRows.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const persons = golden.rows.filter(({ row }) => rows.has(row - 1)).length;
  return { persons, others: golden.rows.length - persons };
}

/** Golden rows are pruned; in all else of a run the value would stay. */
function heldIn(parts: readonly string[]): string | null {
  const others = parts.filter((part) => part !== 'golden');
  return others.length > 0 ? `the value stands in its ${others.join(', ')}` : null;
}
