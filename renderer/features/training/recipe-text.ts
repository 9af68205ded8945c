import { isMap, parseDocument } from 'yaml';

export type RecipeObject = Readonly<Record<string, unknown>>;

export interface ReadText {
  /** Null while the text is not a map. */
  readonly recipe: RecipeObject | null;
  /** Why the text can't be read, with its place. */
  readonly problem: string | null;
}

/** The recipe in a YAML text, as far as it can be read. */
export function readRecipeText(text: string): ReadText {
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  const fault = document.errors[0];
  if (fault) {
    const at = fault.linePos?.[0];
    return {
      recipe: null,
      problem: `${fault.message.split('\n')[0] ?? fault.code}${at ? ` (line ${at.line})` : ''}`,
    };
  }
  if (document.contents === null) return { recipe: {}, problem: null };
  if (!isMap(document.contents))
    return { recipe: null, problem: 'expected "key: value" lines, such as "target: price"' };
  return { recipe: document.toJS() as RecipeObject, problem: null };
}

/** Where a key usually stands; others come last. */
function rank(key: unknown): number {
  const at = order.indexOf(String(key));
  return at < 0 ? order.length : at;
}

const order = ['target', 'task', 'features', 'exclude', 'split', 'steps', 'family', 'params', 'seed'];

/**
 * The text with one value changed (`undefined` takes it out), everything else, comments too, left as it is. A new key goes
 * to its usual place; a map left empty goes away with its last key.
 */
export function setInRecipeText(text: string, path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(text.trim() ? text : '{}', { version: '1.2', schema: 'core' });
  if (!isMap(document.contents)) return text;
  document.contents.flow = false;
  if (value === undefined) {
    document.deleteIn(path);
    const parent = document.getIn(path.slice(0, -1));
    if (path.length > 1 && isMap(parent) && parent.items.length === 0) document.deleteIn(path.slice(0, -1));
  } else document.setIn(path, document.createNode(value));
  document.contents.items.sort((a, b) => rank(a.key) - rank(b.key));
  return document.contents.items.length ? document.toString({ lineWidth: 0 }) : '';
}
