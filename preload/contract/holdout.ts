import * as z from 'zod';
import { Instant } from './common.ts';
import { defineMethod } from './method.ts';

export const holdoutFailures = {
  'holdout-sealed': (d: { run: string; what: string }) =>
    `the test rows of run "${d.run}" are sealed, and ${d.what} need them; judge by validation rows, or open them once with \`holdfast holdout open ${d.run} --why TEXT\``,
  'holdout-sealed-rows': (d: { run: string }) =>
    `these test rows are sealed since run "${d.run}"; say "sealed: true" in the split, so that they stay so, or divide the rows by another seed`,
  'holdout-not-sealed': (d: { run: string }) =>
    `the test rows of run "${d.run}" were never sealed: its test score stands with the run. To seal those of the next one, say "sealed: true" in its split`,
  'holdout-open': (d: { run: string; by: string; at: string }) =>
    `the test score of run "${d.run}" is open already, by ${d.by} at ${d.at}; \`holdfast holdout looks ${d.run}\` lists every look`,
  'holdout-spent': (d: { run: string; opened: string; by: string; at: string; why: string }) =>
    `these test rows were opened once, for run "${d.opened}", by ${d.by} at ${d.at} (${d.why}); a second model chosen by them is no longer judged by them. Take new rows, or record why it is done all the same: \`holdfast holdout open ${d.run} --override --why TEXT\``,
  'run-no-test-rows': (d: { run: string; what: string }) =>
    `run "${d.run}" has no test rows, and ${d.what} need them; give the split a test share`,
};

export const LookKind = z.enum(['judged', 'opened', 'override']);
export type LookKind = z.infer<typeof LookKind>;

/** One look at test rows: a model was scored by them. */
export const Look = z.object({
  /** `judged`: scored as it was trained; `opened`: the one opening of sealed rows; `override`: an opening after that. */
  kind: LookKind,
  run: z.string(),
  at: Instant,
  by: z.string(),
  /** Why they were opened; null for `judged`. */
  why: z.string().nullable(),
});
export type Look = z.infer<typeof Look>;

export const HoldoutState = z.enum(['never-sealed', 'sealed', 'opened']);

export const holdout = {
  open: defineMethod({
    doc: 'Opens sealed test rows for one chosen run: scores it by them, and records who did so, when and why. Test rows open once; a further run is refused, unless `override` records that it is done all the same.',
    input: z.object({
      run: z.string(),
      why: z.string().trim().min(5).max(10_000).describe('why now, and why this run'),
      override: z.boolean().default(false).describe('open rows that were opened before; recorded as such'),
    }),
    output: z.object({
      run: z.string(),
      look: Look,
      /** Looks at the same test rows before this one. */
      before: z.int(),
      rows: z.int(),
      metrics: z.record(z.string(), z.number().nullable()),
    }),
    writes: true,
    job: true,
    cli: { args: ['run'] },
  }),
  looks: defineMethod({
    doc: 'Every look at the test rows of a run, oldest first: which models were scored by the same rows, who opened them and why.',
    input: z.object({ run: z.string() }),
    output: z.object({
      run: z.string(),
      state: HoldoutState,
      looks: z.array(Look),
      /** How many came before the test score of this run; of a sealed one, how many there are. */
      before: z.int(),
    }),
    cli: { args: ['run'] },
  }),
  list: defineMethod({
    doc: 'The ledger: each set of test rows that runs of this workspace have, how often it was looked at, and whether it is sealed. Looked at most often first.',
    input: z.object({}),
    output: z.object({
      sets: z.array(
        z.object({
          /** What tells the set apart: of its snapshot and its rows. */
          id: z.string(),
          dataset: z.string(),
          version: z.int(),
          target: z.string(),
          state: HoldoutState,
          looks: z.int(),
          runs: z.int(),
          /** The newest run with these test rows. */
          run: z.string(),
          opened: Look.nullable(),
        }),
      ),
    }),
  }),
};
