import { compileFormat, emptyMoment, type MomentReader } from './moments.ts';
import { asciiText } from './values.ts';

/**
 * Date forms that are tried unasked beside ISO 8601, most specific first. Those with slashes can't be told apart by small days,
 * and years of two digits are looked for in them only: with dots or hyphens such texts are versions and codes as often.
 */
const dateForms = [
  '%Y/%m/%d',
  '%d.%m.%Y',
  '%d-%b-%Y',
  '%d %b %Y',
  '%d-%b-%y',
  '%d-%m-%Y',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d/%m/%y',
  '%m/%d/%y',
  '%y/%m/%d',
] as const;

/** A date of one of the forms, as far as a glance can tell, and the time of day behind it. */
const dated =
  /^\d{1,4}([-/. ])(?:\d{1,2}|[a-z]{3})\1\d{2,4}(?: \d{1,2}:\d{2}(?<seconds>:\d{2})?(?<half> [ap]m)?)?$/i;

const moment = emptyMoment();
const readers = new Map<string, readonly (readonly [string, MomentReader])[]>();

/** Adds one to the count of every form that reads the text; false when none does. */
export function countDateForms(
  forms: Map<string, number>,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const match = dated.exec(asciiText(bytes, start, end));
  if (!match) return false;
  const { seconds, half } = match.groups ?? {};
  const clock = half === undefined ? ' %H:%M' : ' %I:%M';
  const time = match[0].includes(':')
    ? `${clock}${seconds === undefined ? '' : ':%S'}${half === undefined ? '' : ' %p'}`
    : '';
  let any = false;
  for (const [form, read] of readersOf(time)) {
    if (!read(bytes, start, end, moment)) continue;
    forms.set(form, (forms.get(form) ?? 0) + 1);
    any = true;
  }
  return any;
}

function readersOf(time: string): readonly (readonly [string, MomentReader])[] {
  const known = readers.get(time);
  if (known) return known;
  const made = dateForms.map((form) => [`${form}${time}`, compileFormat(`${form}${time}`)] as const);
  readers.set(time, made);
  return made;
}

/** ISO 8601, which is read with and without a time and a zone. */
export function isIsoForm(form: string): boolean {
  return form === '%Y-%m-%d' || form === 'iso';
}

/** The type of a column whose texts are of the form. */
export function typeOfForm(form: string): 'date' | 'timestamp' | 'timestamptz' {
  if (form.includes('%z')) return 'timestamptz';
  return /%[HI]/.test(form) ? 'timestamp' : 'date';
}
