/** A target is learned as `(value - shift) / scale`. */
export interface Unit {
  readonly shift: number;
  readonly scale: number;
}

/**
 * LightGBM computes with labels and gradients in single precision. Targets it can't hold well (beyond 1e15, below 1e-15, or with a spread
 * of less than 1/1000 of their size) are moved to mean 0 and deviation 1; others stay as they are. `divide`: a target that must stay
 * positive is only divided.
 */
export function unitOf(values: Float64Array, divide: boolean): Unit {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return { shift: 0, scale: 1 };
  const unit = 2 ** Math.max(-1021, Math.min(1022, Math.floor(Math.log2(largest))));
  let mean = 0;
  for (const value of values) mean += value / unit / values.length;
  let variance = 0;
  for (const value of values) variance += (value / unit - mean) ** 2 / values.length;
  const spread = Math.sqrt(variance);
  const far = largest > 1e15 || largest < 1e-15;
  if (divide) return far ? { shift: 0, scale: unit } : { shift: 0, scale: 1 };
  if (!far && (spread === 0 || spread * unit > largest / 1000)) return { shift: 0, scale: 1 };
  const scale = spread * unit;
  return { shift: mean * unit, scale: scale > 0 && Number.isFinite(1 / scale) ? scale : unit };
}

/** What a user is told where a target is not learned as it is. */
export function unitNotes({ shift, scale }: Unit): string[] {
  if (shift === 0 && scale === 1) return [];
  return [
    'the target is learned in units of its own spread: its numbers are too large, too small or too close to each other for single precision',
  ];
}
