import { isNumeric } from '../../../../preload/contract/column-types.ts';
import { fail } from '../../../../preload/contract/errors.ts';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { cellText } from '../../../datasets/index.ts';
import { numberOf, type CellChange, type StepOf, type Treatment } from './treatment.ts';

type Step = StepOf<'generalise'>;

/** Says less: bands of numbers, the beginning of a code, the month or year of a date, numbers to steps. */
export const generalise: Treatment<'generalise'> = {
  begin(step, field) {
    const { bands, prefix, date, step: size } = step;
    const ways = [bands, prefix, date, size].filter((way) => way !== undefined);
    if (ways.length !== 1) throw unfit(step, field, 'it must say just one of bands, prefix, date and step');
    if (bands !== undefined) return toBands(bands, step, field);
    if (prefix !== undefined) return toPrefix(prefix, field);
    if (date !== undefined) return toDate(date, step, field);
    return toSteps(size!, step, field);
  },
};

function unfit({ treat, column }: Step, { type }: Field, reason: string) {
  return fail('treatment-unfit', { treat, column, type, reason });
}

function toBands(bands: number | readonly number[], step: Step, field: Field): CellChange {
  if (!isNumeric(field.type)) throw unfit(step, field, 'bands are of numbers');
  const whole = field.type === 'int64';
  const words = (from: number, to: number): string =>
    whole ? (to - from === 1 ? String(from) : `${from}-${to - 1}`) : `${from} to ${to}`;
  if (typeof bands === 'number') {
    return {
      type: 'utf8',
      change(cell) {
        const from = Math.floor(numberOf(cell, field.type) / bands) * bands;
        return Number.isFinite(from) ? words(from, from + bands) : null;
      },
    };
  }
  if (bands.some((edge, at) => at > 0 && edge <= bands[at - 1]!))
    throw unfit(step, field, 'the edges of bands must rise');
  return {
    type: 'utf8',
    change(cell) {
      const value = numberOf(cell, field.type);
      if (Number.isNaN(value)) return null;
      const at = bands.findLastIndex((edge) => value >= edge);
      if (at < 0) return `below ${bands[0]}`;
      return at === bands.length - 1 ? `${bands[at]} and above` : words(bands[at]!, bands[at + 1]!);
    },
  };
}

function toPrefix(prefix: number, { type }: Field): CellChange {
  return {
    type: 'utf8',
    change(cell) {
      const letters = Array.from(cellText(type, cell) ?? '');
      return letters.map((letter, at) => (at < prefix ? letter : '*')).join('');
    },
  };
}

/** ISO 8601: `1985-12` or `1985`. */
function toDate(to: 'month' | 'year', step: Step, field: Field): CellChange {
  const { type } = field;
  if (isNumeric(type) || type === 'bool') throw unfit(step, field, 'it holds no dates');
  return {
    type: 'utf8',
    change(cell) {
      const parts = /^([+-]?\d{4,6})-(\d\d)-\d\d/.exec(cellText(type, cell) ?? '');
      // A text that is no date would tell what the others hide.
      if (!parts) return null;
      return to === 'year' ? parts[1]! : `${parts[1]}-${parts[2]}`;
    },
  };
}

function toSteps(size: number, step: Step, field: Field): CellChange {
  if (!isNumeric(field.type)) throw unfit(step, field, 'steps are of numbers');
  if (field.type !== 'int64')
    return { type: 'float64', change: (cell) => Math.floor(numberOf(cell, field.type) / size) * size };
  if (!Number.isSafeInteger(size)) throw unfit(step, field, 'a column of whole numbers has whole steps');
  const whole = BigInt(size);
  return {
    type: 'int64',
    change(cell) {
      const value = BigInt(cell);
      return value - (((value % whole) + whole) % whole);
    },
  };
}
