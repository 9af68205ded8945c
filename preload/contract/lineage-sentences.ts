import type { LineageNode } from './lineage.ts';

type End = Pick<LineageNode, 'id' | 'kind' | 'label'>;
export type Sentences = Readonly<Record<string, (from: string, to: string) => string>>;

/** What each link means, in English, by the edge's `how`; `from` was there first. Another language is another table of this shape. */
export const lineageSentences: Sentences = {
  imported: (from, to) => `${to} was imported from ${from}.`,
  query: (from, to) => `${to} is the result of a query: ${from}.`,
  treatment: (from, to) => `${to} came of treating personal data: ${from}.`,
  data: (from, to) => `${to} was trained on the rows of ${from}.`,
  joined: (from, to) => `${to} took columns of ${from} by a key.`,
  recipe: (from, to) => `${to} followed ${from}.`,
  split: (from, to) => `${to} divides the rows of ${from} into training, validation and test rows.`,
  rows: (from, to) => `${to} used the rows as ${from} divides them.`,
  entered: (from, to) => `${to} is the model that ${from} made.`,
  inherited: (from, to) => `${to} keeps the sides of ${from}, and divides new rows by its rule.`,
  edited: (from, to) => `${to} is ${from} with a curve set by hand.`,
  combined: (from, to) => `${from} is one of the models in ${to}.`,
  exported: (from, to) => `${to} was made of ${from}.`,
  pulled: (from, to) => `${to} came in from ${from}.`,
  pushed: (from, to) => `${from} was sent to ${to}.`,
  predicted: (from, to) => `${to} were made by ${from}.`,
  input: (from, to) => `${to} were made for the rows of ${from}.`,
  reproduce: (from, to) => `${to} is the verdict on making ${from} again.`,
};

/** A node as the subject of a sentence: kind, label, and the id where the label alone is not unique. */
export function nodeWords({ id, kind, label }: End): string {
  const key = id.slice(id.indexOf(':') + 1);
  if (kind === 'source') return `the file "${label}"`;
  if (kind === 'run') return `run ${key} (${label})`;
  if (kind === 'verdict') return `"${label}"`;
  if (kind === 'prediction') return `the ${label} ${key}`;
  return label.startsWith(`${kind} `) ? label : `${kind} ${label}`;
}

/** One link as a sentence; a link of a kind that has no sentence of its own is told plainly. */
export function sentenceOf(how: string, from: End, to: End): string {
  const words = Object.hasOwn(lineageSentences, how) ? lineageSentences[how] : undefined;
  const sentence =
    words?.(nodeWords(from), nodeWords(to)) ?? `${nodeWords(to)} came of ${nodeWords(from)} (${how}).`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
