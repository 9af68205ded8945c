import { isMap, isNode, isScalar, isSeq, parseDocument, type Document, type YAMLSeq } from 'yaml';
import { readJoins, readSplit, readStep, type RecipeObject } from './read-step.ts';

export type { RecipeObject } from './read-step.ts';

export interface ReadText {
  /** Null while the text is not a map. */
  readonly recipe: RecipeObject | null;
  /** Why the text can't be read; null when it can. */
  readonly problem: TextProblem | null;
}

export type TextProblem =
  | {
      readonly kind: 'syntax';
      readonly reason: string;
      readonly line: number | null;
      readonly offset: number;
    }
  | { readonly kind: 'not-keys' };

const yamlOptions = { version: '1.2', schema: 'core' } as const;

/** The recipe in a YAML text, as far as it can be read. Steps come in their full form, however they are written. */
export function readRecipeText(text: string): ReadText {
  const document = parseDocument(text, yamlOptions);
  const fault = document.errors[0];
  if (fault) {
    const reason = fault.message.split('\n')[0] ?? fault.code;
    const line = fault.linePos?.[0].line ?? null;
    return { recipe: null, problem: { kind: 'syntax', reason, line, offset: fault.pos[0] } };
  }
  if (document.contents === null) return { recipe: {}, problem: null };
  if (!isMap(document.contents)) return { recipe: null, problem: { kind: 'not-keys' } };
  return { recipe: inFull(document.toJS() as RecipeObject), problem: null };
}

function inFull(recipe: RecipeObject): RecipeObject {
  const { steps, split, features, exclude, join, filter, balance } = recipe;
  return {
    ...recipe,
    ...(Array.isArray(steps) ? { steps: steps.map(readStep) } : {}),
    ...(split === undefined ? {} : { split: readSplit(split) }),
    ...(join === undefined ? {} : { join: readJoins(join) }),
    ...(typeof balance === 'string' ? { balance: { by: balance } } : {}),
    ...(typeof filter === 'string' ? { filter: { where: filter } } : {}),
    ...(typeof features === 'string' ? { features: [features] } : {}),
    ...(typeof exclude === 'string' ? { exclude: [exclude] } : {}),
  };
}

/** Where a key usually stands; others come last. */
function rank(key: unknown): number {
  const at = order.indexOf(String(key));
  return at < 0 ? order.length : at;
}

const order = [
  'target',
  'task',
  'weight',
  'features',
  'exclude',
  'not_known',
  'join',
  'filter',
  'lags',
  'split',
  'balance',
  'steps',
  'family',
  'params',
  'calibrate',
  'conformal',
  'seed',
];

/**
 * The text with one value changed (`undefined` takes it out), everything else, comments too, left as it is. A new key goes
 * to its usual place; a map left empty goes away with its last key. A step in a short form is written in full first.
 */
export function setInRecipeText(text: string, path: readonly (string | number)[], value: unknown): string {
  return edit(text, (document) => {
    writeInFull(document, path);
    if (value === undefined) {
      document.deleteIn(path);
      const parent = document.getIn(path.slice(0, -1));
      if (path.length > 1 && (isMap(parent) || isSeq(parent)) && parent.items.length === 0)
        document.deleteIn(path.slice(0, -1));
      return;
    }
    const before: unknown = document.getIn(path, true);
    const node = document.createNode(value);
    if (isScalar(before) && isScalar(node)) before.value = node.value;
    else document.setIn(path, node);
  });
}

/** A step at the end; in `steps` that are written already. */
export function addStepToText(text: string, step: RecipeObject): string {
  return edit(text, (document) => stepsOf(document)?.add(document.createNode(step)));
}

export function removeStepFromText(text: string, at: number): string {
  return edit(text, (document) => stepsOf(document)?.items.splice(at, 1));
}

/** A step to another place, with the comments that belong to it. */
export function moveStepInText(text: string, from: number, to: number): string {
  return edit(text, (document) => {
    const steps = stepsOf(document);
    if (!steps || from === to) return;
    const [step] = steps.items.splice(from, 1);
    if (step !== undefined) steps.items.splice(to, 0, step);
  });
}

/** Where in the text a place of the recipe (`steps[1].columns`) stands, or as much of the way as is written. */
export function rangeOf(text: string, path: string): { readonly from: number; readonly to: number } | null {
  const document = parseDocument(text, yamlOptions);
  const parts = [...path.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = parts.length; length > 0; length--) {
    const found: unknown = document.getIn(parts.slice(0, length), true);
    if (!isNode(found) || !found.range) continue;
    const [from, to] = found.range;
    return { from, to: Math.max(from, Math.min(to, text.slice(0, to).trimEnd().length)) };
  }
  return null;
}

function edit(text: string, work: (document: Document) => void): string {
  const document: Document = parseDocument(text.trim() ? text : '{}', yamlOptions);
  if (!isMap(document.contents)) return text;
  document.contents.flow = false;
  work(document);
  if (!isMap(document.contents)) return text;
  document.contents.items.sort((a, b) => rank(a.key) - rank(b.key));
  return document.contents.items.length ? document.toString({ lineWidth: 0 }) : '';
}

function stepsOf(document: Document): YAMLSeq | null {
  const steps: unknown = document.get('steps', true);
  return isSeq(steps) ? steps : null;
}

/** `- scale: [sqft]` as `step: scale`, `columns: [sqft]`, so that a key can be set in it. `split: 70/15/15` likewise; what has no full form goes. */
function writeInFull(document: Document, path: readonly (string | number)[]): void {
  const [first, at] = path;
  if (path.length < 2) return;
  if (first === 'steps' && typeof at === 'number') {
    const node: unknown = document.getIn(['steps', at], true);
    if (isMap(node) && node.has('step')) return;
    if (!isNode(node)) return;
    const full = document.createNode(readStep(node.toJS(document)));
    full.commentBefore = node.commentBefore ?? null;
    full.spaceBefore = node.spaceBefore ?? false;
    document.setIn(['steps', at], full);
  } else if (first === 'join') {
    const node: unknown = document.get('join', true);
    if (!isNode(node)) return;
    const joins = readJoins(node.toJS(document));
    // What is in full already keeps its comments.
    if (JSON.stringify(joins) !== JSON.stringify(node.toJS(document)))
      document.set('join', document.createNode(joins));
  } else if (path.length === 2 && typeof first === 'string') {
    const node: unknown = document.get(first, true);
    if (!isNode(node) || isMap(node)) return;
    const short: unknown = node.toJS(document);
    const full =
      first === 'split'
        ? readSplit(short)
        : first === 'filter' && typeof short === 'string'
          ? { where: short }
          : first === 'balance' && typeof short === 'string'
            ? { by: short }
            : null;
    if (typeof full === 'object' && full !== null) document.set(first, document.createNode(full));
    else document.delete(first);
  }
}
