/** A cell by its row in the view and its place among the columns shown; row -1 is the head. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells from `anchor` to `active`, the cell that the keys move. */
export interface Selection {
  readonly anchor: Spot;
  readonly active: Spot;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

interface Press {
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly mod: boolean;
  readonly shift: boolean;
}

/** Where a key leads, as in a spreadsheet; null when it is no such key. Shift keeps the anchor. */
export function moved(
  { anchor, active }: Selection,
  { key, mod, shift }: Press,
  extent: Extent,
): Selection | null {
  if (mod && key.toLowerCase() === 'a' && !shift) return everything(extent);
  const to = targetOf(active, key, mod, extent);
  if (!to) return null;
  const lowest = shift ? 0 : -1;
  const spot = {
    row: clamp(to.row, lowest, extent.rows - 1),
    column: clamp(to.column, 0, extent.columns - 1),
  };
  return { anchor: shift && anchor.row >= 0 ? anchor : spot, active: spot };
}

function targetOf({ row, column }: Spot, key: string, mod: boolean, extent: Extent): Spot | null {
  const lastRow = extent.rows - 1;
  const lastColumn = extent.columns - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: mod ? lastRow : row + 1, column };
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: mod ? lastColumn : column + 1 };
    case 'Home':
      return { row: mod ? 0 : row, column: 0 };
    case 'End':
      return { row: mod ? lastRow : row, column: lastColumn };
    case 'PageUp':
      return { row: Math.max(0, row - extent.page), column };
    case 'PageDown':
      return { row: row + extent.page, column };
    default:
      return null;
  }
}

export function everything({ rows, columns }: Pick<Extent, 'rows' | 'columns'>): Selection {
  return {
    anchor: { row: 0, column: 0 },
    active: { row: Math.max(0, rows - 1), column: Math.max(0, columns - 1) },
  };
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The rectangle, its ends included; null while the head is the active cell. */
export function rangeOf({ anchor, active }: Selection): Range | null {
  if (active.row < 0) return null;
  return {
    top: Math.min(Math.max(0, anchor.row), active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
