import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, formatNumber, formatSize, shortDigest } from '../text.ts';
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
          type,
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
  import: ({ dataset, version, snapshot, added, notes }) =>
    lines(
      `${added ? 'Imported' : 'Already here:'} ${dataset}@${version}: ${counted(snapshot.rows, 'row')}, ${counted(snapshot.columns, 'column')}, snapshot ${shortDigest(snapshot.id)}`,
      snapshot.rejected > 0 &&
        `${counted(snapshot.rejected, 'row')} did not fit and ${snapshot.rejected === 1 ? 'was' : 'were'} left out: \`holdfast datasets rejects ${dataset}@${version}\``,
      ...notes,
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
  show: ({ dataset, version, schema, versions }) =>
    blocks(
      factLines({
        dataset: `${dataset}@${version.version}`,
        rows: version.snapshot.rows,
        columns: version.snapshot.columns,
        rejected: version.snapshot.rejected,
        imported: `${formatInstant(version.created)} by ${version.by}`,
        from: version.source && `${version.source.file} (${formatSize(version.source.size)})`,
        snapshot: version.snapshot.id,
      }),
      textTable(
        ['column', 'type'],
        schema.map(({ name, type }) => [name, type]),
      ),
      versions.length > 1 &&
        textTable(
          ['version', 'rows', 'imported', 'snapshot'],
          versions.map((v) => [
            v.version,
            v.snapshot.rows,
            formatInstant(v.created),
            shortDigest(v.snapshot.id),
          ]),
        ),
    ),
  summary: ({ columns }) =>
    textTable(
      ['column', 'type', 'missing', 'distinct', 'min', 'median', 'mean', 'max', 'most frequent'],
      columns.map(({ name, type, missing, distinct, distinctAtLeast, numeric, top }) => [
        name,
        type,
        missing,
        distinctAtLeast ? `${formatNumber(distinct)} or more` : distinct,
        ...(numeric
          ? [numeric.min, numeric.quantiles.q50, numeric.mean, numeric.max]
          : [null, null, null, null]),
        numeric
          ? null
          : top
              .slice(0, 3)
              .map(({ value, count }) => `${value} (${formatNumber(count)})`)
              .join(', '),
      ]),
    ),
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
};
