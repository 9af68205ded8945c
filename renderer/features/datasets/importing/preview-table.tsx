import { Select } from '@mantine/core';
import { decimalType, ColumnType } from '../../../../preload/contract/column-types.ts';
import { type ImportOptions } from '../../../../preload/contract/import-options.ts';
import type { OutputOf } from '../../../api/methods.ts';
import '../../../ui/table/dense-table.css';
import { typeWords } from '../column-types.tsx';
import { words } from './words.ts';

type Columns = NonNullable<ImportOptions['columns']>;

interface Props {
  readonly inspected: OutputOf<'datasets.inspect'>;
  readonly options: ImportOptions;
  readonly onColumns: (columns: Columns | undefined) => void;
}

/** The types to choose from: the column's own, and a decimal with as many places as the rows shown have (at least two). */
function typeChoices(own: ColumnType, texts: readonly (string | null | undefined)[]) {
  const places = texts.map((text) => /^[-+]?\d+[.,](\d+)$/.exec(text ?? '')?.[1]?.length ?? 0);
  const decimal = decimalType(18, Math.min(18, Math.max(2, ...places)));
  const choices: ColumnType[] = [
    'bool',
    'int64',
    'float64',
    decimal,
    'utf8',
    'categorical',
    'date',
    'timestamp',
    'timestamptz',
  ];
  return [...new Set([...choices, own])].map((type) => ({ value: type, label: typeWords(type).label }));
}

/** The first rows as they would be read, with the type of each column to change above it. */
export function PreviewTable({ inspected, options, onColumns }: Props) {
  const { columns, rows } = inspected;
  const setType = (name: string, type: ColumnType | null, inferred: ColumnType) => {
    const next: Columns = { ...options.columns };
    if (type === null || type === inferred) delete next[name];
    else next[name] = { type };
    onColumns(Object.keys(next).length ? next : undefined);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
    <div className="dense-table import__preview" tabIndex={0} role="region" aria-label={words.firstRows}>
      <table aria-label={words.firstRowsOf}>
        <thead>
          <tr>
            {columns.map((column, c) => (
              <th key={column.name} scope="col">
                <div className="truncate import__name" title={column.note ?? column.name}>
                  {column.name}
                </div>
                <Select
                  aria-label={words.typeOf(column.name)}
                  data={typeChoices(
                    options.columns?.[column.name]?.type ?? column.type,
                    rows.map((row) => row[c]),
                  )}
                  value={options.columns?.[column.name]?.type ?? column.type}
                  w={128}
                  allowDeselect={false}
                  comboboxProps={{ width: 260, position: 'bottom-start' }}
                  onChange={(type) =>
                    setType(column.name, ColumnType.safeParse(type).data ?? null, column.type)
                  }
                />
                <div className="small faint import__missing">{words.missingCount(column.missing)}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 50).map((row, r) => (
            <tr key={r}>
              {columns.map((column, c) => {
                const text = row[c];
                return (
                  <td
                    key={column.name}
                    className={typeWords(column.type).isNumber ? 'right' : undefined}
                    title={text ?? words.missing}
                  >
                    {text === null || text === undefined ? (
                      <span className="faint">{words.missing}</span>
                    ) : (
                      text
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
