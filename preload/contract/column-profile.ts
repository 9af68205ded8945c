import * as z from 'zod';
import { ColumnType } from './column-types.ts';
import { Digest } from './common.ts';

export const HistogramBin = z.object({ lower: z.number(), upper: z.number(), count: z.int() });

/** The order of a column's present values, row by row; `increasing` and `decreasing` are strict. */
export const Monotone = z.enum(['increasing', 'non-decreasing', 'decreasing', 'non-increasing']);
export type Monotone = z.infer<typeof Monotone>;

export const ColumnProfile = z.object({
  name: z.string(),
  type: ColumnType,
  /** Digest of the column's values: the same where two columns hold the same. */
  content: Digest,
  /** Those with a missing value too. */
  rows: z.int(),
  missing: z.int(),
  /** Different values, exact. NaN counts as one value, -0 as 0. */
  distinct: z.int(),
  /** Rows with NaN or an infinity; no figure of `numeric` takes them in. */
  notFinite: z.int(),
  /** Numbers, dates (days since 1970-01-01) and timestamps (milliseconds since then); null for text and bool. */
  numeric: z
    .object({
      min: z.number(),
      max: z.number(),
      /**
       * Smallest and largest as they are, where a column has values that are no doubles (whole numbers beyond 2^53, decimals of more than
       * 15 digits); `min`, `max`, mean, deviation, quantiles and histogram are then of the nearest doubles.
       */
      exact: z.object({ min: z.string(), max: z.string() }).optional(),
      mean: z.number(),
      /** With n - 1; null for a single value. */
      standardDeviation: z.number().nullable(),
      /** By linear interpolation (type 7 of Hyndman and Fan). */
      quantiles: z.object({
        q01: z.number(),
        q05: z.number(),
        q25: z.number(),
        q50: z.number(),
        q75: z.number(),
        q95: z.number(),
        q99: z.number(),
      }),
      zeros: z.int(),
      negatives: z.int(),
      /** Rows beyond Tukey's fences: 1.5 quartile distances below the lower and above the upper quartile. */
      outliers: z.object({ below: z.int(), above: z.int(), lower: z.number(), upper: z.number() }),
    })
    .nullable(),
  /** Of texts, in characters; null for other types, and where all are missing. */
  lengths: z.object({ min: z.int(), max: z.int(), mean: z.number(), empty: z.int() }).nullable(),
  histogram: z.array(HistogramBin),
  /** The commonest values, ten at most; empty for numbers that occur once each. */
  top: z.array(z.object({ value: z.string(), count: z.int() })),
  monotone: Monotone.nullable(),
  /** One value in every row that has one. */
  constant: z.boolean(),
  /** Text or whole numbers, no two rows the same, in twenty rows or more. */
  likelyId: z.boolean(),
  /** The form, as strptime has it, in which texts or whole numbers that are no dates to the table seem to be dates. */
  likelyDate: z.string().nullable(),
});
export type ColumnProfile = z.infer<typeof ColumnProfile>;

/** What became of a column from another table to this one; columns are told apart by name. */
export const ProfileChange = z.enum(['same', 'changed', 'retyped', 'added', 'removed']);
export type ProfileChange = z.infer<typeof ProfileChange>;

export const ComparedProfile = z.object({
  name: z.string(),
  /** `same`: the same values in the same order. */
  change: ProfileChange,
  /** Null where the column was removed. */
  here: ColumnProfile.nullable(),
  /** Of the other table; null where the column was added. */
  there: ColumnProfile.nullable(),
});
export type ComparedProfile = z.infer<typeof ComparedProfile>;
