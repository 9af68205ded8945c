import type { DatasetVersion } from '../../../preload/contract/datasets.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { formatBytes, plural } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';

interface Props {
  readonly name: string;
  readonly current: number;
  readonly versions: readonly DatasetVersion[];
}

/** Versions as a commit list, newest first, each with what changed in size. */
export function HistoryTab({ name, current, versions }: Props) {
  const newest = versions.toSorted((a, b) => b.version - a.version);
  return (
    <ul className="history-list">
      {newest.map((one, i) => (
        <li key={one.version} data-current={one.version === current || undefined}>
          <a href={`#${pathOf('data', `${name}@${one.version}`)}`}>version {one.version}</a>
          <span className="truncate">
            {plural(one.snapshot.rows, 'row')}, {plural(one.snapshot.columns, 'column')}
            <span className="dim"> {difference(one, newest[i + 1])}</span>
            {one.source ? (
              <span className="dim">
                {' '}
                from {one.source.file}, {formatBytes(one.source.size)}
              </span>
            ) : null}
          </span>
          <span className="dim small">
            {one.by}, <Moment at={one.created} />
          </span>
          <ShortId id={one.snapshot.id} label="snapshot id" />
        </li>
      ))}
    </ul>
  );
}

function difference(one: DatasetVersion, before: DatasetVersion | undefined): string {
  if (!before) return 'first version';
  const rows = one.snapshot.rows - before.snapshot.rows;
  const columns = one.snapshot.columns - before.snapshot.columns;
  const parts = [
    rows ? `${rows > 0 ? '+' : '−'}${plural(Math.abs(rows), 'row')}` : '',
    columns ? `${columns > 0 ? '+' : '−'}${plural(Math.abs(columns), 'column')}` : '',
  ].filter(Boolean);
  return parts.length ? parts.join(', ') : 'same size, other values';
}
