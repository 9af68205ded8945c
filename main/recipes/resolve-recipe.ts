import { isNumeric, isTextType } from '../../preload/contract/column-types.ts';
import type * as z from 'zod';
import type { Task } from '../../preload/contract/common.ts';
import { fail, Failure } from '../../preload/contract/errors.ts';
import { chooseFeatures } from './choose-features.ts';
import { defaultSteps, fillSteps } from './choose-steps.ts';
import type { Design, FamilyTakes } from './design.ts';
import { chooseTask, targetProblem } from './choose-task.ts';
import { inputTypeOf, type ColumnFacts, type TableFacts, type TypedColumn } from './column-facts.ts';
import { filterProblems } from './filter.ts';
import { fillLags, lagColumns, lagFacts, lagProblems, makeLags, type LagPlan } from './lags/index.ts';
import { decimalNotes, orderLevels } from './level-order.ts';
import { unknownWords } from './nearest.ts';
import { gatherTarget, makeTarget } from './make-target.ts';
import { fillParams } from './fill-params.ts';
import { fitPipeline } from './pipeline.ts';
import { findStep } from './steps/index.ts';
import { exportNotes } from './pipeline-onnx.ts';
import type { NamedInput } from './pipeline-input.ts';
import {
  defaultSeed,
  type Problem,
  type ResolvedRecipe,
  type SplitPlan,
  type WrittenRecipe,
} from './recipe.ts';
import { readRecipe } from './read-recipe.ts';
import { join, schemaProblems } from './schema-problems.ts';
import { inheritedPlan } from './split/inherit/inherited-plan.ts';
import { refuseTooFew, splitWords } from './split/make-split.ts';

/** What recipes need to know of a kind of model. */
export interface FamilyFacts {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  /** At most so many classes. */
  readonly mostClasses?: number;
  readonly params: z.ZodObject;
  readonly takes: FamilyTakes;
}

export interface Resolution {
  /** null when there are problems. */
  readonly recipe: ResolvedRecipe | null;
  readonly notes: readonly string[];
  readonly problems: readonly ResolveProblem[];
}

export interface ResolveProblem extends Problem {
  /** The failure to throw when it stands alone, where there is a more telling code than `recipe-invalid`. */
  readonly failure?: Failure;
}

export interface ResolveOptions {
  /** Takes the place of the recipe's seed (and of its split's, when that is not written). */
  readonly seed?: number;
  /** A feature that is not known when predicting is no problem here: who looks for leakage is told of it. */
  readonly learnsNotKnown?: true;
  /** Does not try the steps out on the first rows. */
  readonly untried?: true;
}

/**
 * Fills in every default of a recipe for the data at hand. Changes nothing, and resolving what it gives changes nothing more.
 * Throws only `recipe-unreadable` (text that is not YAML).
 */
export function resolveRecipe(
  input: unknown,
  table: TableFacts,
  families: readonly FamilyFacts[],
  options: ResolveOptions = {},
): Resolution {
  const read = readRecipe(input);
  if (!read.recipe) return { recipe: null, notes: [], problems: read.problems };
  const lags = read.recipe.lags && fillLags(read.recipe.lags);
  const written = withLags(
    options.seed === undefined ? read.recipe : { ...read.recipe, seed: options.seed },
    lags,
  );
  const problems: ResolveProblem[] = [...(table.joined?.problems ?? [])];
  const notes: string[] = [...(table.joined?.notes ?? [])];
  if (problems.length > 0) return { recipe: null, notes, problems };
  if (lags) problems.push(...lagProblems(lags, table.columns));
  if (problems.length > 0) return { recipe: null, notes, problems };
  const facts = lags ? [...table.columns, ...lagFacts(lags, table.columns)] : table.columns;
  const names = facts.map((column) => column.name);
  const target = facts.find((column) => column.name === written.target);
  if (!target) {
    const failure = fail('target-missing', { target: written.target, known: names });
    return { recipe: null, notes, problems: [{ path: 'target', message: failure.message, failure }] };
  }

  const chosenTask = written.task ? { task: written.task } : chooseTask(target);
  const { task } = chosenTask;
  if ('note' in chosenTask && chosenTask.note !== undefined) notes.push(chosenTask.note);
  const wrongTarget = targetProblem(target, task);
  if (wrongTarget) problems.push({ path: 'target', message: wrongTarget.message, failure: wrongTarget });

  const chosen = chooseFeatures(written, facts, {
    declared: table.notKnown ?? [],
    refuses: options.learnsNotKnown !== true,
  });
  notes.push(...chosen.notes);
  problems.push(...chosen.problems);
  if (chosen.features.length === 0) {
    const failure = fail('features-none', { target: target.name, left: [...chosen.notes] });
    problems.push({ path: 'features', message: failure.message, failure });
  }

  const { params, takes, problems: familyProblems } = fillFamily(written, task, target, families);
  problems.push(...familyProblems, ...weightProblems(written, facts, takes, families));
  const filter = written.filter && { where: written.filter.where, rows: written.filter.rows ?? 'all' };
  if (filter) problems.push(...filterProblems(filter, facts));
  const seed = written.seed ?? defaultSeed;
  const inherits =
    written.split?.inherit === undefined ? undefined : inheritedPlan(written.split, table.recordedSplit);
  if (inherits) {
    problems.push(...inherits.problems);
    notes.push(...inherits.notes);
  }
  if (inherits && !inherits.plan) return { recipe: null, notes, problems };
  const split = fillSplit(
    inherits?.plan ? { ...written, split: inherits.plan } : written,
    task,
    seed,
    names,
    problems,
  );
  problems.push(
    ...correctionProblems(written, task, split),
    ...balanceProblems(written, task, takes, families),
  );
  const featureFacts = facts.filter((column) => chosen.features.includes(column.name));
  const filled = fillSteps(written.steps ?? defaultSteps(featureFacts, takes));
  problems.push(...filled.problems);
  if (problems.length > 0) return { recipe: null, notes, problems };
  const ordered = orderLevels(filled.steps, featureFacts);
  notes.push(...ordered.notes, ...decimalNotes([target, ...featureFacts]));

  const recipe: ResolvedRecipe = {
    target: target.name,
    task,
    ...(written.weight === undefined ? {} : { weight: written.weight }),
    features: [...chosen.features],
    ...(written.not_known?.length ? { not_known: written.not_known } : {}),
    ...(table.joined ? { join: [...table.joined.plans] } : {}),
    ...(filter ? { filter } : {}),
    ...(lags ? { lags } : {}),
    split,
    ...(written.balance ? { balance: { ...written.balance, ratio: written.balance.ratio ?? 1 } } : {}),
    steps: [...ordered.steps],
    family: written.family,
    params,
    ...(written.calibrate === undefined ? {} : { calibrate: written.calibrate }),
    ...(written.conformal ? { conformal: true as const } : {}),
    seed,
  };
  if (options.untried) return { recipe, notes, problems };
  let { sample } = table;
  try {
    if (lags) sample = [...sample, ...makeLags(lags, sample)];
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { recipe: null, notes, problems: [{ path: 'lags', message: failure.message, failure }] };
  }
  const tried = tryOut(recipe, sample, target.rows - target.missing, takes);
  problems.push(...tried.problems);
  notes.push(...tried.notes);
  if (problems.length > 0) return { recipe: null, notes, problems };
  const shape = shapeNotes(recipe, target.rows - target.missing);
  return { recipe, notes: [...notes, ...shape], problems };
}

/** The recipe, or the failure that says what is wrong with it. */
export function requireResolved(resolution: Resolution): ResolvedRecipe {
  if (resolution.recipe) return resolution.recipe;
  const [only, ...more] = resolution.problems;
  if (only?.failure && more.length === 0) throw only.failure;
  throw fail('recipe-invalid', {
    problems: resolution.problems.map(({ path, message }) => ({ path, message })),
  });
}

/** The raw columns a recipe reads, as inputs of its pipeline. */
export function recipeInputs(recipe: ResolvedRecipe, table: readonly TypedColumn[]): NamedInput[] {
  return recipe.features.flatMap((name) => {
    const found = table.find(({ column }) => column.name === name);
    return found ? [{ name, type: inputTypeOf(found.type) }] : [];
  });
}

/** Lags are features, however the others are chosen; the newest rows test, unless the recipe says otherwise. */
function withLags(written: WrittenRecipe, lags: LagPlan | undefined): WrittenRecipe {
  if (!lags) return written;
  const { features, split } = written;
  const made = lagColumns(lags).map(({ name }) => name);
  return {
    ...written,
    ...(features ? { features: [...features, ...made.filter((name) => !features.includes(name))] } : {}),
    ...(split?.method === undefined ? { split: { by: lags.time, ...split, method: 'time' } } : {}),
  };
}

function fillFamily(
  written: WrittenRecipe,
  task: Task,
  target: ColumnFacts,
  families: readonly FamilyFacts[],
) {
  const problems: ResolveProblem[] = [];
  const family = families.find((known) => known.id === written.family);
  if (!family) {
    const ids = families.map((known) => known.id);
    problems.push({ path: 'family', message: unknownWords('family', written.family, ids) });
    return { params: {}, takes: takesAll, problems };
  }
  if (!family.tasks.includes(task)) {
    const able = families.filter((known) => known.tasks.includes(task)).map((known) => known.id);
    problems.push({ path: 'family', message: `"${family.id}" does not do ${task}; ${able.join(', ')} do` });
  }
  if (task === 'classification' && target.distinct > (family.mostClasses ?? Infinity)) {
    const able = families.filter(
      ({ tasks, mostClasses = Infinity }) => tasks.includes(task) && target.distinct <= mostClasses,
    );
    const most = family.mostClasses ?? 0;
    const failure = fail('family-classes', { family: family.id, most, classes: target.distinct });
    const ids = able.map((known) => known.id).join(', ');
    problems.push({ path: 'family', message: `${failure.message}; ${ids} take more`, failure });
  }
  const wrong = schemaProblems(family.params, written.params ?? {}, 'params');
  problems.push(...wrong);
  return {
    params: wrong.length > 0 ? {} : fillParams(family.params, written.params ?? {}),
    takes: family.takes,
    problems,
  };
}

/** For a family that is not known: nothing more is said of it. */
const takesAll: FamilyTakes = { numbers: 'scaled', categories: 'codes', missing: true, weights: true };

function wrongWeight(message: string): Problem[] {
  return [{ path: 'weight', message }];
}

function weightProblems(
  { weight, target, family }: WrittenRecipe,
  facts: readonly ColumnFacts[],
  takes: FamilyTakes,
  families: readonly FamilyFacts[],
): Problem[] {
  if (weight === undefined) return [];
  const column = facts.find(({ name }) => name === weight);
  if (!column) {
    const names = facts.map(({ name }) => name);
    return wrongWeight(unknownWords('column', weight, names));
  }
  if (weight === target) return wrongWeight(`"${weight}" is the target; it can't be the weight too`);
  if (!isNumeric(column.type)) {
    return wrongWeight(
      `column "${weight}" is ${isTextType(column.type) ? 'text' : column.type}; weights are numbers`,
    );
  }
  if (takes.weights) return [];
  const able = families.filter((one) => one.takes.weights).map(({ id }) => id);
  return wrongWeight(`"${family}" takes no weights; ${able.join(', ')} do`);
}

function balanceProblems(
  { balance, family, params }: WrittenRecipe,
  task: Task,
  takes: FamilyTakes,
  families: readonly FamilyFacts[],
): Problem[] {
  if (!balance) return [];
  if (task === 'regression') {
    return [{ path: 'balance', message: 'amounts have no classes to balance; leave it out' }];
  }
  if (balance.by !== 'weights') return [];
  if (params?.['class_weight'] === 'balanced') {
    const message =
      '"class_weight: balanced" weighs the classes already, so rare ones would count twice over; leave one of them out';
    return [{ path: 'balance.by', message }];
  }
  if (takes.weights) return [];
  const able = families.filter((one) => one.takes.weights).map(({ id }) => id);
  const message = `"${family}" takes no weights; say "over" or "under", or use one that does: ${able.join(', ')}`;
  return [{ path: 'balance.by', message }];
}

/** What is learned from rows that do not train needs some, and honest probabilities need classes. */
function correctionProblems(
  { calibrate, conformal }: WrittenRecipe,
  task: Task,
  { method, validation, folds }: SplitPlan,
): Problem[] {
  const wanted = [...(calibrate === undefined ? [] : ['calibrate']), ...(conformal ? ['conformal'] : [])];
  const none = method !== 'column' && validation === 0 && folds === undefined;
  const message =
    'it is learned from rows that do not train, and the split has none; give validation a share, or say "folds"';
  const problems = none ? wanted.map((path) => ({ path, message })) : [];
  if (calibrate !== undefined && task === 'regression') {
    problems.push({
      path: 'calibrate',
      message: 'numbers have no probabilities to calibrate; "conformal: true" gives them intervals',
    });
  }
  return problems;
}

function fillSplit(
  written: WrittenRecipe,
  task: Task,
  seed: number,
  columns: readonly string[],
  problems: ResolveProblem[],
): SplitPlan {
  const {
    method = task === 'classification' ? 'stratified' : 'random',
    seed: ownSeed,
    by,
    gap,
    folds,
    sealed = false,
    inherit,
    key,
    ...shares
  } = written.split ?? {};
  if (key !== undefined && inherit === undefined) {
    const message = `it says by what rows are known again, beside "inherit"; "split: {method: key, by: ${key}}" divides by a key`;
    problems.push({ path: 'split.key', message });
  }
  const named = Object.keys(shares).length > 0;
  const usual: typeof shares = method === 'column' ? {} : folds === undefined ? usualShares : usualWithFolds;
  const { validation = 0, test = 0 } = named ? shares : usual;
  // What does not test trains, where folds validate.
  const rest = named && folds !== undefined ? Number((1 - validation - test).toPrecision(12)) : 0;
  const { train = rest } = named ? shares : usual;
  const plan: SplitPlan = {
    method,
    train,
    validation,
    test,
    ...(by === undefined ? {} : { by }),
    ...(gap === undefined ? {} : { gap }),
    ...(folds === undefined ? {} : { folds }),
    ...(sealed ? { sealed } : {}),
    ...(typeof inherit === 'object' && inherit.data !== undefined
      ? { inherit: { ...inherit, data: inherit.data } }
      : {}),
    seed: ownSeed ?? seed,
  };
  if (plan.inherit?.key !== undefined && !columns.includes(plan.inherit.key)) {
    problems.push({ path: 'split.key', message: unknownWords('column', plan.inherit.key, columns) });
  }
  problems.push(...splitByProblems(plan, written.target, columns, named));
  if (written.lags && method !== 'time' && method !== 'column') {
    const { time } = written.lags;
    problems.push({
      path: 'split.method',
      message: `"${method}" would test on rows between those trained on, which the lags have seen; use "time" by "${time}"`,
    });
  }
  if (folds !== undefined) problems.push(...foldProblems(plan));
  if (sealed && test === 0 && method !== 'column') {
    problems.push({ path: 'split.sealed', message: 'there are no test rows to seal; give them a share' });
  }
  if (sealed && folds === undefined && validation === 0 && method !== 'column') {
    const message =
      'sealed test rows judge nothing until they are opened; give "validation" a share, or say "folds"';
    problems.push({ path: 'split.sealed', message });
  }
  if (method === 'column') return plan;
  if (Math.abs(train + validation + test - 1) > 1e-9) {
    const sum = Number((train + validation + test).toPrecision(6));
    problems.push({
      path: 'split',
      message: `train, validation and test add up to ${sum}; expected 1 (or 100 for percent)`,
    });
  } else if (train === 0 || (test === 0 && folds === undefined)) {
    problems.push({
      path: 'split',
      message: `${splitWords(plan)} leaves no ${train === 0 ? 'training' : 'test'} rows; give them a share`,
    });
  } else if (plan.method === 'stratified' && task === 'regression') {
    problems.push({
      path: 'split.method',
      message: '"stratified" needs classes, and the task is regression; use "random"',
    });
  }
  return plan;
}

const usualShares = { train: 0.6, validation: 0.2, test: 0.2 };
const usualWithFolds = { train: 0.8, validation: 0, test: 0.2 };

function foldProblems({ method, validation }: SplitPlan): Problem[] {
  if (method === 'column') {
    const message =
      'a column says the parts and no folds; use "random", "stratified", "group", "time" or "key"';
    return [{ path: 'split.folds', message }];
  }
  if (validation === 0) return [];
  return [{ path: 'split.validation', message: 'the folds validate; leave "validation" out, or "folds"' }];
}

/** What is wrong with the column that a split goes by. */
function splitByProblems(
  { method, by, gap }: SplitPlan,
  target: string,
  columns: readonly string[],
  withShares: boolean,
): Problem[] {
  const problems: Problem[] = [];
  const wrong = (key: string, message: string) => problems.push({ path: `split.${key}`, message });
  const plain = method === 'random' || method === 'stratified';
  if (plain && by !== undefined)
    wrong('by', `"${method}" goes by no column; use "group", "time", "key" or "column"`);
  else if (!plain && by === undefined) wrong('by', `"${method}" needs the column it goes by`);
  else if (by !== undefined && !columns.includes(by)) wrong('by', unknownWords('column', by, columns));
  else if (by === target) wrong('by', `"${by}" is the target; a split by it would give the answer away`);
  if (gap !== undefined && method !== 'time') wrong('gap', `"${method}" has no gap; only "time" has`);
  if (method === 'column' && withShares) {
    problems.push({ path: 'split', message: 'the column says which rows are whose; leave the shares out' });
  }
  return problems;
}

/** Refuses blocks that the family can't take, by the column's name. */
export function refuseForeign(design: Design, family: string, takes: FamilyTakes): void {
  const coded = design.blocks.find((block) => block.kind === 'codes');
  if (coded && takes.categories === 'one-hot') throw fail('codes-not-taken', { family, column: coded.name });
}

/** Counts the rows and runs the steps over the first few, to find now what would stop the training. */
function tryOut(
  recipe: ResolvedRecipe,
  sample: readonly TypedColumn[],
  rows: number,
  takes: FamilyTakes,
): { readonly problems: readonly ResolveProblem[]; readonly notes: readonly string[] } {
  const columns = sample.map(({ column }) => column);
  const problems: ResolveProblem[] = [];
  const notes: string[] = [];
  const attempt = (path: string, work: () => void) => {
    try {
      work();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      const { position } = failure.details;
      const where = typeof position === 'number' ? join('steps', position - 1) : path;
      problems.push({ path: where, message: failure.message, failure });
    }
  };
  attempt('split', () => refuseTooFew(recipe.split, recipe.target, rows));
  attempt('steps', () => {
    const inputs = recipeInputs(recipe, sample);
    const { pipeline, design } = fitPipeline(inputs, columns, recipe.steps, {
      gaps: takes.missing,
      ...sampleTarget(recipe, sample),
      seed: recipe.seed,
    });
    if (design.width === 0 && recipe.family !== 'baseline') {
      throw fail('features-dropped', { family: recipe.family });
    }
    refuseForeign(design, recipe.family, takes);
    const told = graphNotes(recipe);
    notes.push(...(told.length > 0 ? told : exportNotes(pipeline)));
  });
  return { problems, notes };
}

/** The rows of the sample that have a target, with it. */
function sampleTarget(recipe: ResolvedRecipe, sample: readonly TypedColumn[]) {
  const column = sample.find((one) => one.column.name === recipe.target);
  if (!column) return {};
  const { target, known } = makeTarget(column, recipe.task);
  const rows = Int32Array.from(known.keys()).filter((row) => known[row] === 1);
  return { rows, target: gatherTarget(target, rows) };
}

/** Steps that have no form as a graph: said before training, for such a model can't leave as ONNX. */
function graphNotes(recipe: ResolvedRecipe): string[] {
  return recipe.steps.flatMap(({ step }, index) => {
    const why = findStep(step)?.noGraph;
    return why === undefined
      ? []
      : [
          `step ${index + 1} (${step}) can't be exported as ONNX, for ${why}; the model predicts in Holdfast only`,
        ];
  });
}

function shapeNotes(recipe: ResolvedRecipe, rows: number): string[] {
  const train = Math.floor(rows * recipe.split.train);
  if (recipe.features.length <= train) return [];
  return [
    `there are more columns (${recipe.features.length}) than training rows (${train}): the model can fit the training rows by heart, so trust only the test metrics`,
  ];
}
