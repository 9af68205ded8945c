/** What stands where a person was. */
export const blank = '[erased]';

/** A text with each of the words blanked wherever `standsIn` would find it. */
export function blankText(text: string, words: readonly string[]): string {
  let result = text;
  for (const word of words)
    if (result.includes(word))
      result = result.replace(
        new RegExp(`(?<![A-Za-z0-9])${literal(word)}(?![A-Za-z0-9])`, 'g'),
        () => blank,
      );
  return result;
}

function literal(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The same in JSON, and in JSON inside of its texts. Names of fields stay. */
export function blankValue(value: unknown, words: readonly string[]): unknown {
  if (typeof value === 'string') {
    const after = blankWords(value, words);
    // Levels without one of them are another order, and blanked twice they are none.
    return after !== value && value.startsWith('ordered[') ? 'categorical' : after;
  }
  if (Array.isArray(value)) return value.map((inner) => blankValue(inner, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, blankValue(inner, words)]));
}

/** A text of a record, which may be JSON: it stays JSON. */
export function blankWords(text: string, words: readonly string[]): string {
  if (!/^\s*[[{]/.test(text)) return blankText(text, words);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return blankText(text, words);
  }
  const before = JSON.stringify(parsed);
  const after = JSON.stringify(blankValue(parsed, words));
  return after === before ? text : after;
}

/** How JSON writes the words, and JSON inside of JSON: what to look for in texts of records. */
export function writtenForms(words: readonly string[]): string[] {
  const forms = new Set(words);
  for (const word of words) {
    let form = word;
    for (let depth = 0; depth < 3; depth++) {
      form = JSON.stringify(form).slice(1, -1);
      forms.add(form);
    }
  }
  return [...forms];
}
