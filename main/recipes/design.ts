/**
 * The numbers a family learns from: what the recipe's fitted steps make of raw rows.
 * Blocks keep their structure (a one-hot block is stored as codes, not as a wide matrix), so that solvers and graphs can
 * use it. The feature order is the block order, and within a block the order of `names` or `levels`.
 */
export interface Design {
  readonly rows: number;
  /** Number of features: dense names, one-hot levels, and one per block of codes. */
  readonly width: number;
  readonly blocks: readonly DesignBlock[];
}

export type DesignBlock = DenseBlock | OneHotBlock | CodesBlock;

/**
 * What a family wants its design to be like. The default steps follow it; a recipe whose own steps do not is refused before training.
 *
 * @example
 * takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true } // trees
 */
export interface FamilyTakes {
  /** Whether its numbers should be on a common scale. */
  readonly numbers: 'scaled' | 'raw';
  /**
   * `codes`: takes a category as one feature, and one-hot blocks too. `both`: the same, and the default steps make one-hot blocks.
   * `one-hot`: takes one-hot blocks only.
   */
  readonly categories: 'one-hot' | 'codes' | 'both';
  /** Whether dense values may be NaN and codes -1 for "missing"; no step needs to fill gaps then. */
  readonly missing: boolean;
  /** Whether training rows may have weights. */
  readonly weights: boolean;
}

export interface DenseBlock {
  readonly kind: 'dense';
  readonly names: readonly string[];
  /** One array of `rows` finite values per name; NaN too where the family takes missing values. */
  readonly columns: readonly Float64Array[];
}

export interface OneHotBlock {
  readonly kind: 'one-hot';
  /** The column it encodes; features are named `name=level`. */
  readonly name: string;
  readonly levels: readonly string[];
  /** `rows` codes into `levels`; -1 means all zeros (a level unknown when fitted, where the step says to ignore it). */
  readonly codes: Int32Array;
}

/** A category as one feature, for families that split levels themselves. */
export interface CodesBlock {
  readonly kind: 'codes';
  /** The column, and its feature's name. */
  readonly name: string;
  readonly levels: readonly string[];
  /** `rows` codes into `levels`; -1 is missing, or a level unknown when fitted where the step says to ignore it. */
  readonly codes: Int32Array;
}

/** Feature names in order. */
export function featureNames(design: Pick<Design, 'blocks'>): string[] {
  return design.blocks.flatMap((block) => {
    if (block.kind === 'codes') return [block.name];
    return block.kind === 'dense' ? [...block.names] : block.levels.map((level) => `${block.name}=${level}`);
  });
}

/** What is to be predicted, row by row beside a Design. */
export type Target =
  | { readonly task: 'regression'; readonly values: Float64Array }
  | {
      readonly task: 'classification';
      /** Sorted; two classes: the second is the positive one unless the recipe says otherwise. */
      readonly classes: readonly string[];
      readonly codes: Int32Array;
    };
