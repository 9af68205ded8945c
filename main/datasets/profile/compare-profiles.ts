import type {
  ColumnProfile,
  ComparedProfile,
  ProfileChange,
} from '../../../preload/contract/column-profile.ts';

/** The columns of one table beside those of another with the same name: in the order of the first, then what only the other has. */
export function compareProfiles(
  columns: readonly ColumnProfile[],
  others: readonly ColumnProfile[],
): ComparedProfile[] {
  const names = [...new Set([...columns, ...others].map(({ name }) => name))];
  return names.map((name) => {
    const here = columns.find((column) => column.name === name) ?? null;
    const there = others.find((column) => column.name === name) ?? null;
    return { name, change: changeOf(here, there), here, there };
  });
}

function changeOf(here: ColumnProfile | null, there: ColumnProfile | null): ProfileChange {
  if (!there) return 'added';
  if (!here) return 'removed';
  if (here.type !== there.type) return 'retyped';
  return here.content === there.content ? 'same' : 'changed';
}
