import type { ColumnSummary, Field } from '../../../../preload/contract/datasets.ts';
import { formatPercent } from '../../../ui/text/format.ts';
import { columnTypes, TypeIcon } from '../column-types.tsx';
import { MiniHistogram } from '../mini-histogram.tsx';

interface Props {
  readonly field: Field;
  readonly left: number;
  readonly width: number;
  readonly index: number;
  readonly summary: ColumnSummary | undefined;
}

/** Name, type, the shape of the values, and how much is missing. */
export function ColumnHead({ field, left, width, index, summary }: Props) {
  const rows = summary ? summary.count + summary.missing : 0;
  const share = summary && rows ? summary.missing / rows : 0;
  const about = `${field.name}, ${columnTypes[field.type].label}${summary ? `, ${share ? `${formatPercent(share)} missing` : 'none missing'}` : ''}`;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      className="data-grid__column"
      style={{ left, width }}
      title={about}
    >
      <div className="data-grid__name">
        <TypeIcon type={field.type} />
        <span className="truncate">{field.name}</span>
      </div>
      <div className="data-grid__shape">
        {summary ? <MiniHistogram summary={summary} width={width - 17} height={20} /> : null}
      </div>
      <div className="data-grid__missing" data-any={share ? true : undefined}>
        <div style={{ width: `${Math.max(share ? 3 : 0, share * 100)}%` }} />
      </div>
    </div>
  );
}
