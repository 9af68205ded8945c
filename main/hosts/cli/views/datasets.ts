import { typeText } from './type-text.ts';
import type { CellValue, NotKnownColumn } from '../../../../preload/contract/datasets.ts';
import type { Relations } from '../../../../preload/contract/relations.ts';
import { factLines, textTable } from '../text-table.ts';
import { spaceLine } from './space.ts';
import { counted, formatInstant, formatNumber, formatSize, shortDigest } from '../text.ts';
import { comparedProfiles, profileTable } from './profiles.ts';
import { blocks, lines, type Views } from './view.ts';

export const datasets: Views<'datasets'> = {
  inspect: ({ file, format, tables, detected, columns, rows, notes }) =>
    blocks(
      factLines({
        file: `${file.name} (${formatSize(file.size)})`,
        ...(detected
          ? {
              delimiter: JSON.stringify(detected.delimiter),
              quote: JSON.stringify(detected.quote),
              header: detected.header,
              encoding: detected.encoding,
              missing: detected.nullTokens.map((token) => JSON.stringify(token)).join(' '),
              decimal: detected.decimal,
              dates: detected.dateFormat,
            }
          : { format, ...(tables.length > 1 ? { tables: tables.join(', ') } : {}) }),
      }),
      textTable(
        ['column', 'type', 'missing', 'such as', ''],
        columns.map(({ name, type, missing, examples, note }) => [
          name,
          typeText(type),
          missing,
          examples.slice(0, 3).join(', '),
          note,
        ]),
      ),
      textTable(
        columns.map(({ name }) => name),
        rows.slice(0, 10),
      ),
      notes.join('\n'),
    ),
  import: ({ dataset, version, snapshot, added, notes, checks }) =>
    lines(
      `${added ? 'Imported' : 'Already here:'} ${dataset}@${version}: ${counted(snapshot.rows, 'row')}, ${counted(snapshot.columns, 'column')}, snapshot ${shortDigest(snapshot.id)}`,
      snapshot.rejected > 0 &&
        `${counted(snapshot.rejected, 'row')} did not fit and ${snapshot.rejected === 1 ? 'was' : 'were'} left out: \`holdfast datasets rejects ${dataset}@${version}\``,
      ...notes,
      ...(checks?.failed ?? []).map(
        ({ number, severity, failing }) =>
          failing > 0 &&
          `${severity}, ${counted(failing, 'row')}: \`holdfast checks failing ${dataset}@${version} ${number}\``,
      ),
    ),
  list: ({ datasets: list }) =>
    list.length
      ? textTable(
          ['dataset', 'version', 'rows', 'columns', 'rejected', 'imported', 'from', 'snapshot'],
          list.map(({ name, latest }) => [
            name,
            latest.version,
            latest.snapshot.rows,
            latest.snapshot.columns,
            latest.snapshot.rejected,
            formatInstant(latest.created),
            latest.source?.file,
            shortDigest(latest.snapshot.id),
          ]),
        )
      : 'No dataset yet; `holdfast datasets import FILE` brings one in.',
  show: ({ dataset, version, schema, versions, notKnown }) =>
    blocks(
      factLines({
        dataset: `${dataset}@${version.version}`,
        rows: version.snapshot.rows,
        columns: version.snapshot.columns,
        rejected: version.snapshot.rejected,
        imported: `${formatInstant(version.created)} by ${version.by}`,
        from: version.source && `${version.source.file} (${formatSize(version.source.size)})`,
        snapshot: version.snapshot.id,
        tags: version.tags.join(', ') || null,
        note: version.note,
      }),
      textTable(
        ['column', 'type', ...(notKnown.length > 0 ? [''] : [])],
        schema.map(({ name, type }) => {
          const declared = notKnown.find(({ column }) => column === name);
          return [
            name,
            typeText(type),
            ...(notKnown.length > 0 ? [declared ? notKnownWords(declared) : ''] : []),
          ];
        }),
      ),
      versions.length > 1 &&
        textTable(
          ['version', 'rows', 'imported', 'snapshot', 'tags', 'note'],
          versions.map((v) => [
            v.version,
            v.snapshot.rows,
            formatInstant(v.created),
            shortDigest(v.snapshot.id),
            v.tags.join(', '),
            v.note,
          ]),
        ),
    ),
  'not-known': ({ dataset, notKnown }) =>
    notKnown.length
      ? lines(
          `Not known when a prediction is asked for, in every version of ${dataset}:`,
          textTable(
            ['column', 'declared', 'by', 'why'],
            notKnown.map(({ column, at, by, why }) => [column, formatInstant(at), by, why]),
          ),
        )
      : `Every column of ${dataset} counts as known when a prediction is asked for.`,
  profile: ({ columns, against, ...table }) =>
    against ? comparedProfiles(table, against) : profileTable(columns),
  relations: ({ associations, missing, duplicates, rows }) => {
    const pairs = strongest(associations);
    return blocks(
      pairs.length > 0 &&
        textTable(
          ['column', 'with', 'measure', 'value', 'spearman'],
          pairs.slice(0, 20).map(({ a, b, measure, value, spearman }) => [a, b, measure, value, spearman]),
        ),
      pairs.length > 20 && `20 of ${formatNumber(pairs.length)} pairs, the strongest; --json has them all.`,
      lines(
        associations.rows < rows &&
          `associations are of ${formatNumber(associations.rows)} evenly spaced rows of ${formatNumber(rows)}`,
        ...associations.leftOut.map(({ name, reason }) => `left out: ${name} (${reasons[reason]})`),
        `rows in which nothing is missing: ${formatNumber(missing.complete)} of ${formatNumber(rows)}`,
        `rows like an earlier one: ${formatNumber(duplicates.rows)}`,
        ...duplicates.examples.map(({ row, like }) => `  row ${row} is row ${like} again`),
      ),
      missing.patterns.length > 0 &&
        textTable(
          ['rows', 'missing together'],
          missing.patterns.map((pattern) => [pattern.rows, pattern.columns.join(', ')]),
        ),
      missing.different > missing.patterns.length &&
        `${missing.patterns.length} of ${formatNumber(missing.different)} sets of columns that are missing together.`,
    );
  },
  rejects: ({ total, rejects }) =>
    total
      ? blocks(
          textTable(
            ['line', 'column', 'reason', 'text'],
            rejects.map(({ line, column, reason, text }) => [line, column, reason, text]),
          ),
          total > rejects.length && `${formatNumber(rejects.length)} of ${counted(total, 'rejected row')}.`,
        )
      : 'Every row of the file fitted.',
  diff: ({ columns, rows, cells }) => {
    const { added, removed, changed } = rows;
    const named = Object.entries(columns).filter(([, names]) => names.length > 0);
    if (named.length === 0 && added + removed + changed === 0) return 'Nothing changed.';
    return lines(
      ...named.map(([how, names]) => `columns ${how}: ${names.join(', ')}`),
      `rows: ${formatNumber(added)} added, ${formatNumber(removed)} removed, ${formatNumber(changed)} changed`,
      `cells: ${formatNumber(cells.changed)} changed`,
    );
  },
  'diff-rows': ({ columns, total, rows }) => {
    const changed = columns.filter((column) => column.changed > 0);
    if (total === 0) return 'No row differs.';
    return blocks(
      changed.length > 0 &&
        textTable(
          ['column', 'cells changed'],
          changed.map((column) => [column.name, column.changed]),
        ),
      textTable(
        ['', 'row', 'was row', 'cells'],
        rows.map(({ kind, row, from, key, cells }) => [
          kind,
          row,
          from,
          [
            ...Object.entries(key ?? {}).map(([name, value]) => `${name} = ${cellText(value)}`),
            ...cells.map((cell) => cellChange(kind, cell)),
          ].join('; '),
        ]),
      ),
      total > rows.length && `${formatNumber(rows.length)} of ${counted(total, 'row')} that differ.`,
    );
  },
  tag: ({ dataset, version, tags, movedFrom }) =>
    lines(
      `${dataset}@${version} ${tags.length ? `is tagged ${tags.join(', ')}` : 'has no tag'}.`,
      movedFrom !== null && `The tag was on ${dataset}@${movedFrom} before.`,
    ),
  note: ({ dataset, version, note }) => `${dataset}@${version}: ${note ?? 'no note'}`,
  delete: ({ deleted, affects, dryRun }) =>
    lines(
      ...deleted.map(({ dataset, version }) =>
        dryRun
          ? `${dataset}@${version} would go to the trash.`
          : `${dataset}@${version} is in the trash; \`holdfast datasets restore ${dataset}@${version}\` brings it back.`,
      ),
      ...Object.entries(affects).map(
        ([kind, names]) => names.length > 0 && `Without their source: ${kind} ${names.join(', ')}`,
      ),
    ),
  trash: ({ versions, frees }) =>
    versions.length
      ? blocks(
          textTable(
            ['version', 'rows', 'columns', 'deleted', 'by', 'because', 'frees'],
            versions.map((one) => [
              `${one.dataset}@${one.version}`,
              one.rows,
              one.columns,
              formatInstant(one.deleted),
              one.by,
              one.reason,
              formatSize(one.frees),
            ]),
          ),
          `\`holdfast datasets empty\` gives back ${formatSize(frees)}, for good.`,
        )
      : 'The trash is empty.',
  restore: ({ restored }) =>
    restored.map(({ dataset, version }) => `${dataset}@${version} is back.`).join('\n'),
  empty: ({ emptied, before, after, removed }) =>
    lines(
      `Gone for good: ${emptied.map(({ dataset, version }) => `${dataset}@${version}`).join(', ') || 'nothing'}.`,
      spaceLine(before, after, removed),
    ),
};

const reasons: Readonly<Record<Relations['associations']['leftOut'][number]['reason'], string>> = {
  'one-value': 'it has one value only',
  'many-values': 'it has too many different texts',
  'beyond-limit': 'there are too many columns',
};

/** Every pair of columns by the measure of its kinds, the strongest first. */
function strongest({ columns, pearson, spearman, cramersV, correlationRatio }: Relations['associations']) {
  const measures = { pearson, "cramér's v": cramersV, 'correlation ratio': correlationRatio };
  return columns
    .flatMap(({ name: a }, i) =>
      columns.slice(i + 1).flatMap(({ name: b }, ahead) => {
        const j = i + 1 + ahead;
        return Object.entries(measures).flatMap(([measure, matrix]) => {
          const value = matrix[i]?.[j] ?? null;
          return value === null ? [] : [{ a, b, measure, value, spearman: spearman[i]?.[j] ?? null }];
        });
      }),
    )
    .toSorted((one, other) => Math.abs(other.value) - Math.abs(one.value));
}

function cellText(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? 'missing' : String(value);
}

function cellChange(
  kind: string,
  { column, old, new: now }: { column: string; old?: CellValue | undefined; new?: CellValue | undefined },
): string {
  if (kind === 'changed') return `${column}: ${cellText(old)} -> ${cellText(now)}`;
  return `${column}: ${cellText(kind === 'added' ? now : old)}`;
}

function notKnownWords({ by, why }: NotKnownColumn): string {
  return `not known when predicting (${by}${why === null ? '' : `: ${why}`})`;
}
