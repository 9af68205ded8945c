import { CalendarDays, Clock, ToggleLeft, Type, type LucideIcon } from 'lucide-react';
import type { ColumnType } from '../../../preload/contract/datasets.ts';
import { words } from './words.ts';

interface TypeWords {
  /** A picture, or a value of the type as it is written. */
  readonly icon: LucideIcon | string;
  readonly label: string;
  readonly isNumber: boolean;
}

/** How a column's type is shown and called. */
export const columnTypes: Readonly<Record<ColumnType, TypeWords>> = {
  bool: { icon: ToggleLeft, label: words.types.bool, isNumber: false },
  int64: { icon: '12', label: words.types.int64, isNumber: true },
  float64: { icon: '1.2', label: words.types.float64, isNumber: true },
  utf8: { icon: Type, label: words.types.utf8, isNumber: false },
  date: { icon: CalendarDays, label: words.types.date, isNumber: false },
  timestamp: { icon: Clock, label: words.types.timestamp, isNumber: false },
  timestamptz: { icon: Clock, label: words.types.timestamptz, isNumber: false },
};

export function TypeIcon({ type, size = 13 }: { type: ColumnType; size?: number }) {
  const { icon: Icon, label } = columnTypes[type];
  return (
    <span title={label} className="type-icon">
      {typeof Icon === 'string' ? (
        <span className="type-icon__sample" aria-hidden>
          {Icon}
        </span>
      ) : (
        <Icon size={size} strokeWidth={1.75} aria-hidden />
      )}
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
