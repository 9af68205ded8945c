import { CalendarDays, Clock, Tags, ToggleLeft, Type, type LucideIcon } from 'lucide-react';
import {
  decimalSize,
  isDecimal,
  isOrdered,
  orderedLevels,
  typeKind,
  type TypeKind,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import { words } from './words.ts';

interface TypeWords {
  /** A picture, or a value of the type as it is written. */
  readonly icon: LucideIcon | string;
  readonly label: string;
  readonly isNumber: boolean;
}

const kinds: Readonly<Record<TypeKind, TypeWords>> = {
  bool: { icon: ToggleLeft, label: words.types.bool, isNumber: false },
  int64: { icon: '12', label: words.types.int64, isNumber: true },
  float64: { icon: '1.2', label: words.types.float64, isNumber: true },
  decimal: { icon: '0.00', label: words.types.decimal, isNumber: true },
  utf8: { icon: Type, label: words.types.utf8, isNumber: false },
  categorical: { icon: Tags, label: words.types.categorical, isNumber: false },
  date: { icon: CalendarDays, label: words.types.date, isNumber: false },
  timestamp: { icon: Clock, label: words.types.timestamp, isNumber: false },
  timestamptz: { icon: Clock, label: words.types.timestamptz, isNumber: false },
};

/** How a column's type is shown and called, with its digits or levels. */
export function typeWords(type: ColumnType): TypeWords {
  const shown = kinds[typeKind(type)];
  if (isDecimal(type)) {
    const { precision, scale } = decimalSize(type);
    return { ...shown, label: words.types.decimalOf(precision, scale) };
  }
  return isOrdered(type) ? { ...shown, label: words.types.ordered(orderedLevels(type)) } : shown;
}

export function TypeIcon({ type, size = 13 }: { type: ColumnType; size?: number }) {
  const { icon: Icon, label } = typeWords(type);
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
