import * as z from 'zod';
import { classWeight } from '../../class-weights.ts';

export const RulesParams = z.strictObject({
  max_rules: z.int().min(1).max(500).default(30).meta({
    title: 'Rules',
    description:
      'At most so many rules stand before "otherwise"; fewer where "prune" takes the last ones away.',
  }),
  max_conditions: z.int().min(1).max(10).default(3).meta({
    title: 'Conditions',
    description: 'A rule asks for at most so many things at once.',
  }),
  min_samples_leaf: z.int().min(1).default(20).meta({
    title: 'Rows per rule',
    description: 'Each rule, and "otherwise", decides at least this many training rows.',
  }),
  max_bins: z.int().min(2).max(256).default(20).meta({
    title: 'Bins',
    description:
      'Ranges of a number begin and end at so many places, of about equally many training rows each.',
  }),
  beam_width: z.int().min(1).max(100).default(5).meta({
    title: 'Beam',
    description:
      'So many half-made rules are kept while conditions are added: more finds better rules, slower.',
  }),
  coverage: z.number().min(0.1).max(1).nullable().default(null).meta({
    title: 'Coverage',
    description:
      'What a rule is worth: its rows to this power, times how far they are from the rest, squared. 1 looks for rules of many rows, less for few and pure ones. Empty: 1, 0.7 or 0.5, whichever has the lowest loss on the validation rows.',
  }),
  prune: z.boolean().default(true).meta({
    title: 'Prune',
    description: 'As many of the first rules are kept as have the lowest loss on the validation rows.',
  }),
  class_weight: classWeight,
});
export type RulesParams = z.infer<typeof RulesParams>;
