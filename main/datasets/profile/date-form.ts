import { countDateForms } from '../importers/delimited/date-forms.ts';

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** Part of the texts that must be dates of one form: those that aren't are why the column is text. */
const mostly = 0.9;
/** A text shorter or longer than a date with time and zone can't be one. */
const [shortest, longest] = [6, 40];

/** The form (as strptime has it) in which nearly all the texts are dates; null when there is none. */
export function dateFormOf(texts: readonly Uint8Array[]): string | null {
  const decoder = new TextDecoder();
  const forms = new Map<string, number>();
  for (const bytes of texts) {
    if (bytes.length < shortest || bytes.length > longest) continue;
    const text = decoder.decode(bytes);
    if (iso.test(text) && !Number.isNaN(Date.parse(text)))
      forms.set('%Y-%m-%d', (forms.get('%Y-%m-%d') ?? 0) + 1);
    else countDateForms(forms, bytes, 0, bytes.length);
  }
  const [form, count] = [...forms].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
  return texts.length > 0 && count >= mostly * texts.length ? form : null;
}

/** Whether whole numbers from `min` to `max` can be days written as 20260131; `values` are those that occur, as far as they are looked at. */
export function isDayNumber(values: Float64Array): boolean {
  const step = Math.max(1, Math.floor(values.length / 1000));
  for (let i = 0; i < values.length; i += step) {
    const value = values[i]!;
    const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
    if (year < 1800 || year > 2200) return false;
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  }
  return values.length > 0;
}
