import type { BiasGroup, BiasValue } from '../../../preload/contract/checks.ts';
import { useFacts } from '../../api/facts.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatNumber } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { words } from './words.ts';

/** One protected group: how many it has, and what each measure says of it. */
export function GroupCard({ group }: { group: BiasGroup }) {
  const measures = useFacts('checks.measures', {});
  const about = new Map((measures.data?.measures ?? []).map((one) => [one.id, one]));
  return (
    <section className="checks__card" aria-label={group.group}>
      <h2>{group.group}</h2>
      <p className="small dim">
        {words.bias.group(
          group.rows.toLocaleString(),
          group.positives.toLocaleString(),
          group.otherRows.toLocaleString(),
          group.otherPositives.toLocaleString(),
        )}
      </p>
      <DenseTable
        label={group.group}
        rows={group.measures}
        keyOf={({ measure }) => measure}
        columns={[
          {
            id: 'measure',
            title: words.bias.measure,
            width: 90,
            render: ({ measure }) => {
              const one = about.get(measure);
              return (
                <span title={one ? `${one.title}: ${one.formula}\n${one.range}\n${one.working}` : measure}>
                  {measure}
                </span>
              );
            },
          },
          {
            id: 'value',
            title: words.bias.value,
            align: 'right',
            width: 90,
            render: ({ value, because }) => <Num value={value} because={because ?? undefined} />,
          },
          { id: 'interval', title: words.bias.interval, width: 190, render: (row) => <Interval {...row} /> },
          {
            id: 'says',
            title: words.bias.says,
            render: ({ sentence }) => <span className="checks__sentence">{sentence}</span>,
          },
        ]}
      />
    </section>
  );
}

const at = (value: number): string => `${((Math.max(-1, Math.min(1, value)) + 1) / 2) * 100}%`;

/** The interval as a line on -1 to 1 with zero in the middle, and in numbers. */
function Interval({ value, low, high }: BiasValue) {
  if (value === null || low === null || high === null) return null;
  const numbers = `${formatNumber(low)} … ${formatNumber(high)}`;
  return (
    <span className="checks__interval" title={numbers}>
      <span className="checks__axis" aria-hidden>
        <span style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
        <i style={{ left: at(value) }} />
      </span>
      <span className="small dim">{numbers}</span>
    </span>
  );
}
