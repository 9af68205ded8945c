import { unknownWords } from './nearest.ts';
import { readYaml } from './read-yaml.ts';
import { WrittenRecipe, type Problem } from './recipe.ts';
import { join, schemaProblems, shown } from './schema-problems.ts';

export type ReadRecipe =
  | { readonly recipe: WrittenRecipe; readonly problems: readonly [] }
  | { readonly recipe: null; readonly problems: readonly Problem[] };

/**
 * A recipe from YAML text or plain data, in its full form. Short forms people may write:
 * `split: stratified`, `split: 70/15/15`, `filter: price > 0`, `exclude: id`, `steps: [impute, scale: [sqft], {step: one-hot, unknown: error}]`.
 * Throws `recipe-unreadable` for text that is not YAML; all else comes back as problems.
 */
export function readRecipe(input: unknown): ReadRecipe {
  const data = typeof input === 'string' ? readYaml(input) : input;
  if (data === null || data === undefined) {
    return refused(
      '',
      'it is empty; the smallest recipe has two lines, "target: COLUMN" and "family: linear"',
    );
  }
  if (!isRecord(data)) {
    return refused('', `expected keys such as "target: COLUMN" and "family: linear", got ${shown(data)}`);
  }
  if ('members' in data) {
    return refused(
      'members',
      'a combination is made of runs, not by a recipe: train the models, then `holdfast training combine RUN RUN`',
    );
  }
  const problems: Problem[] = [];
  const full: Record<string, unknown> = { ...data };
  for (const key of ['features', 'exclude', 'not_known'])
    if (typeof full[key] === 'string') full[key] = [full[key]];
  for (const key of [
    'params',
    'steps',
    'split',
    'task',
    'features',
    'exclude',
    'not_known',
    'join',
    'filter',
    'lags',
    'seed',
    'weight',
    'balance',
    'calibrate',
    'conformal',
  ]) {
    if (full[key] === null) delete full[key];
  }
  if (typeof full['filter'] === 'string') full['filter'] = { where: full['filter'] };
  if ('join' in full) full['join'] = fullJoins(full['join']);
  if (typeof full['balance'] === 'string') full['balance'] = { by: full['balance'] };
  if ('split' in full) full['split'] = fullSplit(full['split'], problems);
  if (Array.isArray(full['steps'])) {
    full['steps'] = full['steps'].map((step, index) => fullStep(step, join('steps', index), problems));
  }
  if (isRecord(full['split'])) {
    const known = Object.keys(WrittenRecipe.shape.split.unwrap().shape);
    for (const key of Object.keys(full['split'])) {
      if (!known.includes(key))
        problems.push({ path: `split.${key}`, message: unknownWords('key', key, known) });
    }
    full['split'] = Object.fromEntries(Object.entries(full['split']).filter(([key]) => known.includes(key)));
  }
  problems.push(...schemaProblems(WrittenRecipe, full, ''));
  if (full['features'] !== undefined && full['exclude'] !== undefined) {
    problems.push({ path: 'exclude', message: 'say "features" or "exclude", not both' });
  }
  if (problems.length > 0) return { recipe: null, problems };
  return { recipe: WrittenRecipe.parse(full), problems: [] };
}

/** One join may stand alone; a key that is called the same on both sides needs no second name. */
function fullJoins(written: unknown): unknown {
  const joins: unknown[] = Array.isArray(written) ? written : [written];
  return joins.map((one) => {
    if (!isRecord(one)) return one;
    const { on, columns } = one;
    const names: unknown[] = typeof on === 'string' ? [on] : Array.isArray(on) ? on : [];
    return {
      ...one,
      ...(names.length > 0 && names.every((name) => typeof name === 'string')
        ? { on: Object.fromEntries(names.map((name) => [name, name])) }
        : {}),
      ...(typeof columns === 'string' ? { columns: [columns] } : {}),
    };
  });
}

function refused(path: string, message: string): ReadRecipe {
  return { recipe: null, problems: [{ path, message }] };
}

function fullSplit(split: unknown, problems: Problem[]): unknown {
  if (split === 'random' || split === 'stratified') return { method: split };
  const folds = typeof split === 'string' ? /^(\d+)[- ]folds?$/.exec(split.trim()) : null;
  if (folds) return { folds: Number(folds[1]) };
  const shares: unknown[] =
    typeof split === 'string' ? split.split('/').map(Number) : Array.isArray(split) ? split : [];
  if (shares.length === 3 && shares.every(Number.isFinite)) {
    const [train, validation, test] = shares;
    return fractions({ train, validation, test });
  }
  if (isRecord(split)) return fractions(split);
  problems.push({
    path: 'split',
    message: `expected "random", "stratified", shares of train, validation and test such as 60/20/20, folds such as 5-fold, or keys and values, got ${shown(split)}`,
  });
  return undefined;
}

/** Shares written as percent, as fractions. */
function fractions(split: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parts = ['train', 'validation', 'test'];
  const percent = parts.some((part) => typeof split[part] === 'number' && split[part] > 1);
  return Object.fromEntries(
    Object.entries(split).map(([key, value]) =>
      percent && typeof value === 'number' && parts.includes(key) ? [key, value / 100] : [key, value],
    ),
  );
}

function fullStep(step: unknown, path: string, problems: Problem[]): unknown {
  if (typeof step === 'string') return { step };
  if (!isRecord(step)) return step;
  const keys = Object.keys(step);
  const [only = ''] = keys;
  let full: Record<string, unknown> = { ...step };
  if (keys.length === 1 && only !== 'step') {
    const body = step[only];
    if (body === null) full = { step: only };
    else if (Array.isArray(body) || typeof body === 'string') full = { step: only, columns: body };
    else if (isRecord(body)) full = { step: only, ...body };
    else problems.push({ path, message: `expected the step's columns or parameters, got ${shown(body)}` });
  }
  const { columns } = full;
  if (typeof columns === 'string' && !['numbers', 'categories', 'all'].includes(columns))
    full['columns'] = [columns];
  return full;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
