import { readData, readTextFile } from './data-argument.ts';

/** Turns what was typed for one key into the value the method takes. */
export type Reader = (text: string) => Promise<unknown>;

/** Keys whose value stands in a file, by method and key; other structured values are JSON or a file of JSON or YAML. */
const readers: Readonly<Record<string, Reader>> = {
  'training.run.recipe': readTextFile,
  'sweeps.start.recipe': readTextFile,
  'checks.save.suite': readTextFile,
  'checks.run.suite': readTextFile,
  'checks.failing.suite': readTextFile,
  'recipes.resolve.recipe': readTextFile,
  'recipes.leakage.recipe': readTextFile,
  'recipes.effect.recipe': readTextFile,
};

export function readerOf(method: string, key: string): Reader {
  return readers[`${method}.${key}`] ?? ((text) => readData(text, key));
}

/** Short names for what people do often: `holdfast predict` is `holdfast registry predict`. */
export const shortNames: Readonly<Record<string, string>> = {
  predict: 'registry.predict',
  doctor: 'system.doctor',
};

/** What each group of commands is about. */
export const domainDocs: Readonly<Record<string, string>> = {
  workspaces: 'the folder everything is kept in',
  jobs: 'slow work: start, follow, stop',
  datasets: 'import tables and look at them',
  checks: 'what may be wrong with the data: suites of checks, bias, differences from other data',
  privacy: 'personal data: find it, treat it, measure anonymity, find a person everywhere',
  recipes: 'what a recipe may say, and what it means for a dataset',
  training: 'train models and look at the runs',
  sweeps: 'look for a good model: many trials, ranked',
  evaluation: 'metrics and figures of a run',
  holdout: 'sealed test rows and the ledger of looks at test rows',
  runs: 'all runs together: tables, tags and notes',
  lineage: 'what came from what; make it again',
  registry: 'named models, their versions and stages',
  bundles: 'signed bundles that leave',
  remotes: 'send models to a registry or a folder, and bring them in',
  help: 'the offline manual: documents, concepts, metrics with worked examples',
  system: 'this installation',
};

export const examples = `
Examples:
  holdfast tour                                    the whole job on a sample, step by step
  holdfast datasets import houses.csv
  holdfast training run recipe.yaml --dataset houses
  holdfast registry add RUN --name prices
  holdfast remotes push prices file:/media/stick
  holdfast start                                   the same with windows and charts`;
