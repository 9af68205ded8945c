/** Data may hold anything; a terminal obeys control characters. They are shown as symbols instead. */
export function plainText(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, (c) => {
      const code = c.codePointAt(0) ?? 0;
      return code < 0x20 ? String.fromCodePoint(0x24_00 + code) : '\ufffd';
    })
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** How many terminal columns a text takes: East Asian wide forms and most emoji take two, marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}|\u200d|\ufe0f/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** A number for people: whole ones grouped, others to six significant digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size >= 1e15 || size < 1e-4) return value.toExponential(4);
  return value.toLocaleString('en-US', {
    maximumFractionDigits: size >= 1000 ? 1 : Math.max(0, 5 - Math.floor(Math.log10(size))),
  });
}

/** A metric for people: the same number of decimals down a column. */
export function formatMetric(value: number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.abs(value) < 100 ? 4 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `0.16 s`, `12.3 s`, `3 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Bytes for people, in decimal units. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

/** `1 row`, `2,345 rows`. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-11-23 20:37` in the user's own time zone. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  const [month, day, hour, minute] = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day} ${hour}:${minute}`;
}

/** The first twelve digits tell objects apart for people. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
