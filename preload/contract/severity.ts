import * as z from 'zod';

/** How grave it is that a check fails: it is told, or keeps the version from being trained on. */
export const Severity = z.enum(['note', 'warn', 'block']);
export type Severity = z.infer<typeof Severity>;

/** `passed`, or the gravest severity of what failed. */
export const SuiteVerdict = z.enum(['passed', 'noted', 'warned', 'blocked']);
export type SuiteVerdict = z.infer<typeof SuiteVerdict>;
