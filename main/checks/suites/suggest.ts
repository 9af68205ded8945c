import type { SuiteCheck } from '../../../preload/contract/checks.ts';
import { isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import type { ColumnProfile } from '../../../preload/contract/column-profile.ts';

const fewValues = 12;
const dayMs = 86_400_000;

/**
 * A first suite from what the data is like now. Types block, since nothing works without them; everything else warns. Ranges are
 * widened by a tenth, so that the next day's data is not refused for being a little larger.
 */
export function suggestChecks(columns: readonly ColumnProfile[], rows: number): SuiteCheck[] {
  return [
    { check: 'row-count', severity: 'block', min: Math.max(1, Math.floor(rows / 2)) },
    ...columns.flatMap((column) => suggestFor(column)),
  ];
}

function suggestFor({
  name: column,
  type,
  rows,
  missing,
  distinct,
  numeric,
  likelyId,
  top,
}: ColumnProfile): SuiteCheck[] {
  const checks: SuiteCheck[] = [{ check: 'type', severity: 'block', column, type }];
  const present = rows - missing;
  if (present === 0) return checks;
  const share = missing / rows;
  if (missing === 0) checks.push({ check: 'not-null', severity: 'warn', column });
  else if (share < 0.5) {
    checks.push({
      check: 'not-null',
      severity: 'warn',
      column,
      mostly: Math.floor((1 - 1.5 * share) * 100) / 100,
    });
  }
  if (likelyId) {
    checks.push({ check: 'unique', severity: 'warn', columns: [column] });
  }
  if (isTextType(type) && distinct <= fewValues && top.length >= distinct) {
    checks.push({ check: 'set', severity: 'warn', column, values: top.map(({ value }) => value).toSorted() });
  }
  if (numeric && type !== 'bool') {
    const { min, max } = numeric;
    if (Number.isFinite(min) && Number.isFinite(max))
      checks.push({ check: 'range', severity: 'warn', column, ...widened(min, max, type) });
  }
  return checks;
}

function widened(min: number, max: number, type: ColumnType): { min: number | string; max: number | string } {
  if (type === 'date') {
    const iso = (days: number): string => new Date(days * dayMs).toISOString().slice(0, 10);
    return { min: iso(min), max: iso(max + Math.max(366, Math.ceil((max - min) / 10))) };
  }
  if (type === 'timestamp' || type === 'timestamptz') {
    const iso = (ms: number): string => new Date(ms).toISOString().slice(0, type === 'timestamp' ? 19 : 24);
    return { min: iso(min), max: iso(max + Math.max(366 * dayMs, (max - min) / 10)) };
  }
  const room = (max - min) / 10 || Math.abs(max) / 10 || 1;
  const low = min >= 0 ? Math.max(0, min - room) : min - room;
  const high = max <= 0 ? Math.min(0, max + room) : max + room;
  const neat = (value: number): number =>
    type === 'int64' ? Math.round(value) : Number(value.toPrecision(4));
  return { min: Math.min(min, neat(low)), max: Math.max(max, neat(high)) };
}
