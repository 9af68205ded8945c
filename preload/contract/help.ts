import * as z from 'zod';
import { defineMethod } from './method.ts';

export const helpFailures = {
  'page-not-found': (d: { page: string; near: readonly string[] }) =>
    `there is no help page "${d.page}"${d.near.length ? `; did you mean ${d.near.join(', ')}?` : '; `holdfast help list` shows them'}`,
};

/** A document of the manual, one idea explained on a card, or a metric with its worked example. */
export const PageKind = z.enum(['document', 'concept', 'metric']);
export type PageKind = z.infer<typeof PageKind>;

export const PageInfo = z.object({
  /** `recipes`, `roc-curve`, `roc_auc`: unique over all kinds. */
  id: z.string(),
  kind: PageKind,
  title: z.string(),
  /** One sentence. */
  short: z.string(),
});
export type PageInfo = z.infer<typeof PageInfo>;

const Point = z.tuple([z.number(), z.number()]);

/** A drawing small enough for a card: lines over two axes, or bars with a word each. */
export const Drawing = z.object({
  /** What the picture shows, in words, for those who do not see it. */
  title: z.string(),
  x: z.string().default(''),
  y: z.string().default(''),
  lines: z
    .array(
      z.object({
        label: z.string().default(''),
        points: z.array(Point).min(2),
        dashed: z.boolean().default(false),
      }),
    )
    .default([]),
  dots: z.array(Point).default([]),
  bars: z.array(z.object({ label: z.string(), value: z.number() })).default([]),
});
export type Drawing = z.infer<typeof Drawing>;

/** Rows of a small table with the value that comes of them, to be followed by hand. */
export const WorkedExample = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
  /** How the value comes about: `(10 + 0 + 20 + 30) / 4 = 15`. */
  working: z.string(),
  /** What Holdfast itself computes from the rows. */
  value: z.number(),
});
export type WorkedExample = z.infer<typeof WorkedExample>;

export const HelpPage = PageInfo.extend({
  /** Markdown. Links to other pages are `id.md`. */
  text: z.string(),
  /** Of a metric. */
  formula: z.string().nullable(),
  drawing: Drawing.nullable(),
  example: WorkedExample.nullable(),
  /** Other pages to read next. */
  see: z.array(PageInfo),
});
export type HelpPage = z.infer<typeof HelpPage>;

export const Hit = PageInfo.extend({
  /** The heading it was found under; empty for the page's own. */
  heading: z.string(),
  snippet: z.string(),
  /** What to mark in the snippet: from, to (characters, `to` excluded). */
  marks: z.array(z.tuple([z.int(), z.int()])),
});
export type Hit = z.infer<typeof Hit>;

export const help = {
  list: defineMethod({
    doc: 'Every page of the offline manual: documents, concepts, metrics.',
    input: z.object({ kind: PageKind.optional().describe('only these') }),
    output: z.object({ pages: z.array(PageInfo) }),
    anywhere: true,
  }),
  show: defineMethod({
    doc: 'One page of the manual, as Markdown, with its drawing and worked example where it has them.',
    input: z.object({ page: z.string().min(1).max(100).describe('its id: `roc-curve`') }),
    output: z.object({ page: HelpPage }),
    anywhere: true,
    cli: { args: ['page'] },
  }),
  search: defineMethod({
    doc: 'Finds pages that hold every word given, or words that begin with it; best first.',
    input: z.object({
      words: z.array(z.string().max(200)).min(1).max(20).describe('what to look for'),
      limit: z.int().min(1).max(100).default(20),
    }),
    output: z.object({ words: z.string(), hits: z.array(Hit) }),
    anywhere: true,
    cli: { args: ['words'] },
  }),
};
