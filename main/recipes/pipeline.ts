import * as z from 'zod';
import { fail } from '../../preload/contract/errors.ts';
import { assembleDesign } from './assemble-design.ts';
import { columnLength, gatherRows, type NumberColumn, type RawColumn, type WorkColumn } from './columns.ts';
import type { Design, Target } from './design.ts';
import { featureNames } from './design.ts';
import { joinDesigns } from './join-designs.ts';
import { History } from './lags/history.ts';
import { pickColumns } from './pick-columns.ts';
import { describeInput, PipelineInput, type NamedInput } from './pipeline-input.ts';
import { defaultSeed, type RecipeStep } from './recipe.ts';
import type { Step, StepPlace } from './step.ts';
import { stepKey, type StepCache } from './step-cache.ts';
import { findStep } from './steps/index.ts';

const FittedStep = z.object({
  step: z.string(),
  version: z.int(),
  /** The columns it takes, by name. */
  columns: z.array(z.string()),
  state: z.unknown(),
});
export type FittedStep = z.infer<typeof FittedStep>;

const OnePipeline = z.object({
  format: z.literal(1),
  inputs: z.array(PipelineInput),
  steps: z.array(FittedStep),
  features: z.array(z.string()),
  /** Gaps that no step fills stay in the design: the family takes them. */
  gaps: z.literal(true).optional(),
  /** What the lags of the next rows are worked out from. */
  history: History.optional(),
});

/**
 * What the steps learned, as plain JSON: the one object that turns raw rows into model inputs in training, in prediction
 * and in the exported graph.
 */
export const FittedPipeline = OnePipeline.extend({
  /** The pipelines of models that are combined, beside each other; there are no other steps then. See join-pipelines.ts. */
  members: z.array(OnePipeline).min(2).optional(),
});
export type FittedPipeline = z.infer<typeof FittedPipeline>;

/** Reads a pipeline from its JSON bytes, checking every step's state. */
export function readPipeline(bytes: Uint8Array): FittedPipeline {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw fail('pipeline-damaged', { reason: error instanceof Error ? error.message : String(error) }, error);
  }
  const parsed = FittedPipeline.safeParse(json);
  if (!parsed.success) throw fail('pipeline-damaged', { reason: z.prettifyError(parsed.error) });
  const { members, ...own } = parsed.data;
  return { ...checked(own), ...(members ? { members: members.map(checked) } : {}) };
}

function checked(pipeline: z.infer<typeof OnePipeline>): z.infer<typeof OnePipeline> {
  const steps = pipeline.steps.map((fitted) => {
    const state = stepOf(fitted).state.safeParse(fitted.state);
    if (!state.success)
      throw fail('pipeline-damaged', { reason: `${fitted.step}: ${z.prettifyError(state.error)}` });
    return { ...fitted, state: state.data };
  });
  return { ...pipeline, steps };
}

/** The bytes to store; the same pipeline gives the same bytes. */
export function writePipeline(pipeline: FittedPipeline): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(FittedPipeline.parse(pipeline))}\n`);
}

export interface FitOptions {
  /** Learn from these rows only; from all when left out. */
  readonly rows?: Int32Array | undefined;
  /** Missing values may be left over, for families that take them. */
  readonly gaps?: boolean;
  /** What is to be predicted, for steps that learn from it: one per row learned from, in their order. */
  readonly target?: Target;
  readonly seed?: number;
  /** Told what there is after each step, and whether it was in the cache. */
  readonly watch?: (columns: readonly WorkColumn[], reused: boolean) => void;
  /** Steps learned before from the very same columns, rows and target. */
  readonly cache?: StepCache<FittedStep>;
}

/**
 * Learns the steps from rows of `columns` and gives the pipeline together with what a family is to learn from: what the steps make
 * of those rows, each without knowledge of its own target.
 */
export function fitPipeline(
  inputs: readonly NamedInput[],
  columns: readonly RawColumn[],
  steps: readonly RecipeStep[],
  { rows, gaps = false, target, seed = defaultSeed, watch = () => undefined, cache }: FitOptions = {},
): { readonly pipeline: FittedPipeline; readonly design: Design } {
  const taken = takeInputs(inputs, columns, rows);
  let work: readonly WorkColumn[] = taken;
  const fitted: FittedStep[] = [];
  let key = cache ? stepKey('', { inputs, seed, classes: target?.task ?? null }) : '';
  steps.forEach((written, index) => {
    const { step: id, columns: wanted, ...params } = written;
    const step = knownStep(id);
    if (cache) key = stepKey(key, { ...written, version: step.version });
    const kept = cache?.get(key);
    if (kept) {
      fitted.push(kept.fitted);
      work = kept.work;
      watch(work, true);
      return;
    }
    const place = { ...placeOf(index, rows), target: target ?? null, seed };
    const settings = step.params.parse(params);
    const selector = step.reads ? [...step.reads(settings, place)] : (wanted ?? step.selects);
    const picked = pickColumns(work, selector, { step: id, position: place.position });
    const chosen = work.filter((column) => picked.has(column.name));
    const state = step.fit(chosen, settings, place);
    const learned = { step: id, version: step.version, columns: chosen.map(({ name }) => name), state };
    fitted.push(learned);
    const made = step.crossFit?.(chosen, settings, state, place) ?? step.apply(chosen, state, place);
    work = replaceColumns(work, picked, made);
    refuseTwins(work, id, place.position);
    cache?.set(key, { fitted: learned, work });
    watch(work, false);
  });
  const design = assembleDesign(work, rowCount(columns, rows), (index) => rowNumber(rows, index), gaps);
  return {
    pipeline: {
      format: 1,
      inputs: inputs.flatMap((input, i) => {
        const column = taken[i];
        return column ? [describeInput(input, column)] : [];
      }),
      steps: fitted,
      features: featureNames(design),
      ...(gaps ? { gaps } : {}),
    },
    design,
  };
}

/** What the fitted steps make of any rows. A row's result depends on that row alone. */
export function applyPipeline(
  pipeline: FittedPipeline,
  columns: readonly RawColumn[],
  rows?: Int32Array,
): Design {
  if (pipeline.members) {
    return joinDesigns(pipeline.members.map((member) => applyPipeline(member, columns, rows)));
  }
  let work: readonly WorkColumn[] = takeInputs(pipeline.inputs, columns, rows);
  pipeline.steps.forEach((fitted, index) => {
    const picked = new Set(fitted.columns);
    const chosen = work.filter((column) => picked.has(column.name));
    work = replaceColumns(work, picked, stepOf(fitted).apply(chosen, fitted.state, placeOf(index, rows)));
  });
  return assembleDesign(
    work,
    rowCount(columns, rows),
    (index) => rowNumber(rows, index),
    pipeline.gaps === true,
  );
}

/** Puts what a step made in the place of the columns it took. */
export function replaceColumns<Column extends { readonly name: string }>(
  all: readonly Column[],
  picked: ReadonlySet<string>,
  results: readonly (readonly Column[])[],
): Column[] {
  let next = 0;
  return all.flatMap((column) => (picked.has(column.name) ? (results[next++] ?? []) : [column]));
}

function refuseTwins(columns: readonly WorkColumn[], step: string, position: number): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw fail('step-column-twice', { step, position, column: name });
    seen.add(name);
  }
}

export function stepOf(fitted: FittedStep): Step {
  const step = knownStep(fitted.step);
  if (fitted.version > step.version) {
    throw fail('pipeline-damaged', {
      reason: `step ${fitted.step} is of version ${fitted.version}, this Holdfast knows up to ${step.version}`,
    });
  }
  return step;
}

function knownStep(id: string): Step {
  const step = findStep(id);
  if (!step) throw fail('pipeline-damaged', { reason: `there is no step "${id}"` });
  return step;
}

function takeInputs(
  inputs: readonly NamedInput[],
  columns: readonly RawColumn[],
  rows: Int32Array | undefined,
): readonly RawColumn[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return inputs.map((input) => {
    const column = byName.get(input.name);
    if (!column) throw fail('input-column-missing', { column: input.name, known: [...byName.keys()] });
    const wanted = input.type === 'text' ? 'category' : 'number';
    if (column.kind !== wanted) {
      throw fail('input-value-wrong', {
        column: input.name,
        row: 1,
        expected: wanted === 'number' ? 'a number' : 'text',
        found: column.kind === 'number' ? String(column.values[0] ?? '') : (column.levels[0] ?? ''),
      });
    }
    const taken = rows ? gatherRows(column, rows) : column;
    if (taken.kind === 'number') refuseInfinite(taken, rows);
    return taken;
  });
}

function refuseInfinite({ name, values }: NumberColumn, rows: Int32Array | undefined): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === Infinity || value === -Infinity) {
      throw fail('value-infinite', { column: name, row: rowNumber(rows, i) });
    }
  }
}

function rowCount(columns: readonly RawColumn[], rows: Int32Array | undefined): number {
  return rows?.length ?? (columns[0] ? columnLength(columns[0]) : 0);
}

function placeOf(index: number, rows: Int32Array | undefined): StepPlace {
  return { position: index + 1, row: (at) => rowNumber(rows, at) };
}

function rowNumber(rows: Int32Array | undefined, index: number): number {
  return (rows ? (rows[index] ?? 0) : index) + 1;
}
