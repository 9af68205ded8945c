import { words } from './format-words.ts';
import { locale } from './words.ts';

/** Rounded to what matters: four significant digits below 1,000, whole above, with an exponent when very large or small. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? words.notANumber : `${value > 0 ? '' : '-'}${words.infinity}`;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(3).replace('e+', 'e');
  if (Number.isInteger(value)) return value.toLocaleString(locale);
  if (size >= 1e8) return value.toExponential(3).replace('e+', 'e');
  if (size >= 1000) return value.toLocaleString(locale, { maximumFractionDigits: 0 });
  return value.toLocaleString(locale, { maximumSignificantDigits: 4 });
}

/** All digits there are. */
export function fullNumber(value: number): string {
  return String(value);
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toLocaleString(locale, { maximumSignificantDigits: 3 })} ${units[unit] ?? ''}`;
}

export function formatDuration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toLocaleString(locale, { maximumFractionDigits: 1 })} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment as the person's own date and time. */
export function formatInstant(instant: string): string {
  return new Date(instant).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** How long ago, in the largest unit that fits. */
export function formatAgo(instant: string, now: number = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
  if (seconds < 45) return words.justNow;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  if (seconds < 3600) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour');
  if (seconds < 86_400 * 30) return relative.format(-Math.round(seconds / 86_400), 'day');
  return new Date(instant).toLocaleDateString(locale, { dateStyle: 'medium' });
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count.toLocaleString(locale)} ${count === 1 ? noun : many}`;
}

export function formatPercent(fraction: number): string {
  if (fraction === 0) return '0 %';
  const percent = fraction * 100;
  if (percent < 0.1) return '< 0.1 %';
  return `${percent.toLocaleString(locale, { maximumSignificantDigits: percent < 1 ? 1 : 3 })} %`;
}
