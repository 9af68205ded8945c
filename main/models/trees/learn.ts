import { fail } from '../../../preload/contract/errors.ts';
import type { Engine } from '../../../preload/contract/common.ts';
import { availableMemory, processorCount } from '../../platform/machine.ts';
import {
  openLightgbm,
  type Booster,
  type DatasetParameters,
  type TreeColumn,
  type TreeDataset,
} from '../../platform/lightgbm/index.ts';
import type { Design } from '../../recipes/index.ts';
import type { Labelled, TrainingData } from '../family.ts';
import type { Pace } from '../pace.ts';
import { treeColumns } from './layout.ts';

/** LightGBM with the training and validation rows binned. Dispose it. */
export interface Learning {
  readonly train: TreeDataset;
  /** Undefined where there are no validation rows. */
  readonly validation: TreeDataset | undefined;
  /** Starts a model on the training rows; `checked`: the validation rows tell its validation loss. */
  createBooster(checked: boolean): Booster;
  readonly description: Engine;
  dispose(): void;
}

/** Rows x features below which more threads only get in each other's way. */
const worthThreads = 500_000;
const mostThreads = 16;

/**
 * Opens LightGBM and bins the rows, `rows` of the validation part only. `parameters` are LightGBM's own names. Refuses a table that does
 * not fit the memory (`family-memory`), before anything is allocated for it. The same rows and parameters give the same model with
 * any number of threads (`deterministic`, row-wise histograms).
 */
export async function startLearning(
  family: string,
  data: TrainingData,
  usable: Int32Array,
  options: {
    readonly seed: number;
    readonly threads: number;
    readonly parameters: DatasetParameters;
  },
  pace: Pace,
): Promise<Learning> {
  const design = data.train.design;
  const columns = columnsOf(design);
  const width = columns.length;
  const bins = Number(options.parameters['max_bin'] ?? 255) > 255 ? 2 : 1;
  refuseTooLarge(family, design.rows + usable.length, width, bins);
  const engine = await openLightgbm();
  const threads =
    options.threads > 0
      ? options.threads
      : design.rows * width < worthThreads
        ? 1
        : Math.min(mostThreads, processorCount());
  const categories = columns.flatMap((column, feature) => (column.kind === 'codes' ? [feature] : []));
  const parameters: DatasetParameters = {
    ...options.parameters,
    ...(categories.length > 0 ? { categorical_feature: categories.join(',') } : {}),
    seed: options.seed,
    num_threads: threads,
    deterministic: true,
    force_row_wise: true,
    verbosity: -1,
  };
  const turn = (): Promise<void> => pace.turn();
  const train = await engine.createDataset({ rows: design.rows, columns }, parameters, turn);
  let validation: TreeDataset | undefined;
  const boosters: Booster[] = [];
  const free = (): void => {
    validation?.dispose();
    train.dispose();
  };
  const dispose = (): void => {
    // An iteration that was given up may still be at work on the rows.
    if (boosters.length === 0) free();
    else void Promise.all(boosters.map((booster) => booster.idle())).then(free);
  };
  try {
    if (usable.length > 0) {
      const checked = rowsOf(columnsOf(data.validation.design), usable, data.validation.design.rows);
      validation = await engine.createDatasetLike(train, { rows: usable.length, columns: checked }, turn);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    train,
    validation,
    createBooster(checked) {
      const booster = engine.createBooster(train, checked ? validation : undefined, parameters, width);
      boosters.push(booster);
      return booster;
    },
    description: {
      id: 'lightgbm',
      version: engine.version,
      detail: `${threads} thread${threads === 1 ? '' : 's'}, deterministic, row-wise, ${process.platform} ${process.arch}`,
    },
    dispose,
  };
}

/** A design without features still has rows: one column of zeros. */
function columnsOf(design: Design): readonly TreeColumn[] {
  const columns = treeColumns(design);
  return columns.length > 0 ? columns : [{ kind: 'number', values: new Float64Array(design.rows) }];
}

function rowsOf(columns: readonly TreeColumn[], rows: Int32Array, all: number): readonly TreeColumn[] {
  if (rows.length === all) return columns;
  return columns.map((column): TreeColumn =>
    column.kind === 'number'
      ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
      : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) },
  );
}

/** Binned twice (by feature and by row), scores, gradients, labels and weights beside, and the sample the bins are made from. */
function refuseTooLarge(family: string, rows: number, features: number, bins: number): void {
  const needed = rows * (2 * features * bins + 48) + Math.min(rows, 200_000) * features * 24;
  const available = availableMemory();
  if (needed <= available) return;
  throw fail('family-memory', {
    family,
    rows,
    features,
    needed: Math.ceil(needed / 1e6),
    available: Math.floor(available / 1e6),
  });
}

/** Rows' own weights times those of their classes; undefined when all count the same. */
export function labelWeights(
  { target, weights }: Labelled,
  rows: Int32Array | undefined,
  classWeights: Float64Array | undefined,
): Float64Array | undefined {
  if (weights === undefined && classWeights === undefined) return undefined;
  const count = rows?.length ?? (target.task === 'regression' ? target.values : target.codes).length;
  return Float64Array.from({ length: count }, (_, i) => {
    const row = rows ? rows[i]! : i;
    const own = weights?.[row] ?? 1;
    return target.task === 'classification' && classWeights ? own * classWeights[target.codes[row]!]! : own;
  });
}
