import type { Anonymity, ErasureDone, SubjectPlaces } from '../../../../preload/contract/privacy.ts';
import { textTable } from '../text-table.ts';
import { counted, formatInstant } from '../text.ts';
import { blocks, lines, type Views } from './view.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const privacy: Views<'privacy'> = {
  scan: ({ dataset, version, rows, columns, personal }) =>
    blocks(
      `${dataset}@${version} (${counted(rows, 'row')}): ${personal === 0 ? 'no personal data was found' : `${personal} of ${counted(columns.length, 'column')} ${personal === 1 ? 'looks' : 'look'} like personal data`}`,
      personal > 0 &&
        textTable(
          ['column', 'kind', 'confidence', 'values', 'of', 'for example'],
          columns
            .filter(({ kind }) => kind !== null)
            .map(({ name, title, confidence, matches, values, examples }) => [
              name,
              title ?? '',
              percent(confidence),
              matches,
              values,
              examples.join(', '),
            ]),
        ),
    ),
  treat: ({ dataset, version, added, parent, columns, keys }) =>
    lines(
      `${dataset}@${version} ${added ? 'was made' : 'is already what comes'} of ${parent.dataset}@${parent.version}`,
      said(
        'Treated',
        columns.filter(({ treated }) => treated),
      ),
      said(
        'Dropped',
        columns.filter(({ dropped }) => dropped),
      ),
      ...keys.map(
        ({ name, fingerprint }) =>
          `Key ${name}, fingerprint ${fingerprint}; without it nobody can make these pseudonyms again`,
      ),
    ),
  anonymity: ({ dataset, version, quasi, after, before }) =>
    blocks(
      `${dataset}@${version} by ${quasi.join(', ')}: every row hides among at least ${counted(after.smallest, 'row')}`,
      before
        ? textTable(
            ['', `${before.dataset}@${before.version}`, `${dataset}@${version}`],
            anonymityFacts(before).map(([what, value], at) => [
              what,
              value,
              anonymityFacts(after)[at]?.[1] ?? '',
            ]),
          )
        : textTable(['', ''], anonymityFacts(after)),
      after.below.rows > 0 &&
        `Rows most at risk:\n${textTable(
          ['group of', 'rows'],
          after.risky
            .filter(({ size }) => size < after.below.k)
            .map(({ size, rows }) => [size, rows.join(', ')]),
        )}`,
    ),
  find: viewPlaces,
  erase: ({ places, steps, erased }) =>
    blocks(
      steps.length === 0
        ? 'Nothing holds this value.'
        : textTable(
            [erased ? 'did' : 'would', 'what', 'because'],
            steps.map(({ action, what, because }) => [action, what, because]),
          ),
      places.notes.join('\n'),
      erased ? viewErased(erased) : 'This is a plan: nothing was changed.',
    ),
  erasures: ({ erasures }) =>
    erasures.length === 0
      ? 'Nobody was erased.'
      : textTable(
          ['at', 'by', 'person', 'found by', 'versions', 'runs', 'models', 'because'],
          erasures.map(({ at, by, subject, key, snapshots, runs, models, reason, finished }) => [
            formatInstant(at),
            by,
            subject.slice(0, 16),
            key,
            snapshots.flatMap(({ versions }) => versions).join(', '),
            runs.length,
            models.join(', '),
            `${reason ?? ''}${finished === null ? ' (not finished)' : ''}`.trim(),
          ]),
        ),
};

function viewPlaces({
  snapshots,
  derived,
  runs,
  models,
  bundles,
  objects,
  records,
  folders,
  files,
  notes,
  subject,
}: SubjectPlaces): string {
  const places = [snapshots, runs, objects, records, folders, files];
  const none = places.every(({ length }) => length === 0);
  return blocks(
    none ? 'Nothing holds this value.' : `Person ${subject.slice(0, 16)} is in`,
    snapshots.length > 0 &&
      textTable(
        ['version', 'rows', 'of', 'in columns', ''],
        snapshots.map(({ dataset, version, found, rows, columns, trashed }) => [
          `${dataset}@${version}`,
          found,
          rows,
          columns.map(({ name }) => name).join(', '),
          trashed ? 'in the trash' : '',
        ]),
      ),
    runs.length > 0 &&
      textTable(
        ['run', 'on', 'golden rows', 'value stands in'],
        runs.map(({ run, dataset, version, goldenRows, parts }) => [
          run,
          `${dataset}@${version}`,
          goldenRows,
          parts.join(', '),
        ]),
      ),
    lines(
      ...derived.map(
        ({ dataset, version, how }) =>
          `${dataset}@${version}, made of them by a ${how}, may hold the person's row without the value`,
      ),
      ...models.map(({ model, version, run }) => `model ${model}@${version}, of run ${run}`),
      ...bundles.map(
        ({ digest, model, version, withData }) =>
          `bundle ${digest.slice(0, 12)} of ${model}@${version}, ${withData ? 'with' : 'without'} rows`,
      ),
      ...folders.map((folder) => `bundle folder ${folder}`),
      ...files.map((file) => `file ${file}, your own`),
      ...objects.map(({ kind, digest }) => `${kind} ${digest.slice(0, 12)}`),
      ...records.map(({ table, records: count }) => `${counted(count, 'record')} of ${table}`),
    ),
    notes.join('\n'),
  );
}

function viewErased({
  snapshots,
  runs,
  models,
  kept,
  objects,
  records,
  journal,
  finished,
  scanned,
}: ErasureDone): string {
  const { files, found } = scanned;
  return lines(
    `${counted(snapshots.length, 'snapshot')}, ${counted(runs.length, 'run')} and ${counted(models.length, 'model')} changed; ${counted(objects, 'object')} removed`,
    kept.length > 0 && `Kept with a mark: ${kept.join(', ')}`,
    `Blanked: ${counted(records, 'record')}, and ${counted(journal, 'record')} of the journal`,
    found.length === 0
      ? `${counted(files, 'file')} read to the last byte: nothing of it is left`
      : `${counted(files, 'file')} read; the value still stands in ${found.join(', ')}`,
    !finished &&
      'Another process looks into the database: free pages are wiped when the workspace is opened next',
  );
}

function said(what: string, columns: readonly { readonly name: string }[]): string | false {
  return columns.length > 0 && `${what}: ${columns.map(({ name }) => name).join(', ')}`;
}

function anonymityFacts({
  rows,
  groups,
  smallest,
  unique,
  below,
  meanRisk,
  diversity,
}: Anonymity): [string, number | string][] {
  return [
    ['rows', rows],
    ['groups', groups],
    ['smallest group (k)', smallest],
    ['groups of one row', unique],
    [`rows in groups below ${below.k}`, `${below.rows} (${(100 * below.share).toFixed(2)} %)`],
    ['mean risk', meanRisk],
    ...(diversity
      ? ([
          [`fewest different ${diversity.sensitive} (l)`, diversity.distinct],
          ['entropy l', diversity.entropy],
          [`closeness t, ${diversity.distance} distance`, diversity.closeness],
          ['rows whose group has one value', diversity.alike],
        ] satisfies [string, number][])
      : []),
  ];
}
