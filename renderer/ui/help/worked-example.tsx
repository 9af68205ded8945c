import type { WorkedExample as Spec } from '../../../preload/contract/help.ts';
import { formatNumber } from '../text/format.ts';
import { words } from './words.ts';

/** Rows to follow by hand, how the value comes about, and what the app's own code says. */
export function WorkedExample({ spec }: { spec: Spec }) {
  const isNumber = spec.columns.map((_, i) => spec.rows.every((row) => typeof row[i] === 'number'));
  return (
    <section className="worked-example" lang="en">
      <h2>{words.workedExample}</h2>
      <table>
        <thead>
          <tr>
            {spec.columns.map((column, i) => (
              <th key={column} className={isNumber[i] ? 'right' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spec.rows.map((row) => (
            <tr key={row.join()}>
              {spec.columns.map((column, i) => (
                <td key={column} className={isNumber[i] ? 'right' : undefined}>
                  {row[i]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <code>{spec.working}</code>
      </p>
      <p className="small dim">{words.computed(formatNumber(spec.value))}</p>
    </section>
  );
}
