import { emptyCells, type Cells } from './cells.ts';

/** Six rows on which every measure can be followed by hand: two of the protected group, four others, in two groups. */
export const exampleRows: readonly {
  readonly group: string;
  readonly member: boolean;
  readonly positive: boolean;
}[] = [
  { group: 'north', member: false, positive: true },
  { group: 'north', member: false, positive: true },
  { group: 'north', member: true, positive: true },
  { group: 'south', member: false, positive: true },
  { group: 'south', member: false, positive: false },
  { group: 'south', member: true, positive: false },
];

export function exampleCells(): Cells {
  const cells = emptyCells(2);
  for (const { group, member, positive } of exampleRows) {
    const at = (Number(member) * 2 + Number(positive)) * 2 + (group === 'south' ? 1 : 0);
    cells.counts[at] = (cells.counts[at] ?? 0) + 1;
  }
  return cells;
}
