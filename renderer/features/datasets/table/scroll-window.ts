/** The tallest element a browser lays out exactly: Chromium and WebKit stop at 33.5 million pixels, Firefox at 17.8. */
export const tallest =
  typeof navigator !== 'undefined' && /Firefox/.test(navigator.userAgent) ? 17_000_000 : 33_000_000;

/** Rows are taken in steps of so many, so that most scroll events draw nothing new. */
const step = 4;

interface View {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of what is seen of the rows, in pixels. */
  readonly viewport: number;
  readonly scrollTop: number;
  readonly overscan: number;
}

export interface ScrollWindow {
  /** First and one past the last row to draw. */
  readonly first: number;
  readonly end: number;
  /** Where the first drawn row stands in the scrolled element, in pixels. */
  readonly top: number;
  readonly height: number;
}

/**
 * Which rows to draw where. While all rows fit into an element, a row stands at its own height and the browser's own
 * scrolling moves it; beyond that the scroll bar is a scale: its ends are the first and the last row.
 */
export function scrollWindow({ rows, rowHeight, viewport, scrollTop, overscan }: View): ScrollWindow {
  const full = rows * rowHeight;
  const height = Math.min(full, tallest);
  const scale = full > tallest && tallest > viewport ? (full - viewport) / (tallest - viewport) : 1;
  const seen = Math.max(0, Math.min(scrollTop, height - viewport)) * scale;
  const atTop = Math.floor(seen / rowHeight);
  const first = Math.max(0, Math.floor((atTop - overscan) / step) * step);
  const last = Math.ceil((seen + viewport) / rowHeight) + overscan;
  const end = Math.min(rows, Math.ceil(last / step) * step);
  const shift = first * rowHeight - seen;
  return { first, end, top: scale === 1 ? first * rowHeight : scrollTop + shift, height };
}

/** Height of the scrolled element that holds all rows, in pixels. */
export function heightOf(rows: number, rowHeight: number): number {
  return Math.min(rows * rowHeight, tallest);
}

/** The scroll position that brings a row to the top. */
export function scrollTopOf(
  row: number,
  { rows, rowHeight, viewport }: Omit<View, 'scrollTop' | 'overscan'>,
): number {
  const full = rows * rowHeight;
  const height = Math.min(full, tallest);
  const wanted = Math.max(0, Math.min(row * rowHeight, full - viewport));
  return full > tallest ? (wanted * (height - viewport)) / (full - viewport) : wanted;
}

/** The scroll position, as near as can be, at which the whole row is seen: the one there is where it is seen already. */
export function scrollTopToShow(
  row: number,
  { rows, rowHeight, viewport, scrollTop }: Omit<View, 'overscan'>,
): number {
  const full = rows * rowHeight;
  const height = Math.min(full, tallest);
  const scale = full > tallest && tallest > viewport ? (full - viewport) / (tallest - viewport) : 1;
  const seen = Math.max(0, Math.min(scrollTop, height - viewport)) * scale;
  const at = { rows, rowHeight, viewport };
  if (row * rowHeight < seen) return scrollTopOf(row, at);
  if ((row + 1) * rowHeight > seen + viewport) return scrollTopOf(row + 1 - viewport / rowHeight, at);
  return scrollTop;
}
