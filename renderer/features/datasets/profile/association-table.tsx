import type { CSSProperties } from 'react';
import type { Associations } from '../../../../preload/contract/relations.ts';
import { associationOf, type Coefficient } from './association-figure.ts';
import { relationWords as words } from './relation-words.ts';
import './relations.css';

interface Props {
  readonly associations: Associations;
  /** Of two columns of numbers. */
  readonly coefficient: Coefficient;
}

/** Every two columns as a cell whose shade is as strong as they go together; each by the measure for its kinds. */
export function AssociationTable({ associations, coefficient }: Props) {
  const { columns } = associations;
  return (
    // A wide table scrolls by keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="associations" role="region" aria-label={words.associations} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="associations__corner">
              {words.column}
            </th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name }, i) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              {columns.map((other, j) => (
                <Cell key={other.name} of={cellOf(associations, coefficient, i, j)} same={i === j} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellFacts {
  readonly value: number | null;
  readonly about: string;
}

function cellOf(associations: Associations, coefficient: Coefficient, i: number, j: number): CellFacts {
  const { measure, value } = associationOf(associations, coefficient, i, j);
  const [a, b] = [associations.columns[i], associations.columns[j]];
  return {
    value,
    about: words.pair(words.measures[measure], a?.name ?? '', b?.name ?? '', value?.toFixed(4) ?? words.none),
  };
}

function Cell({ of: { value, about }, same }: { of: CellFacts; same: boolean }) {
  if (same) return <td className="associations__same">1</td>;
  const strength = { '--strength': `${Math.round(Math.abs(value ?? 0) * 100)}%` } as CSSProperties;
  return (
    <td
      className={value !== null && value < 0 ? 'associations__against' : undefined}
      style={strength}
      title={about}
    >
      {value === null ? <span className="faint">–</span> : value.toFixed(2).replace('-', '−')}
    </td>
  );
}
