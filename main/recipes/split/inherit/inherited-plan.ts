import { Failure } from '../../../../preload/contract/errors.ts';
import type { Problem, SplitPlan, WrittenRecipe } from '../../recipe.ts';
import type { FindSplit, RecordedSplit } from './recorded-split.ts';

type WrittenSplit = NonNullable<WrittenRecipe['split']>;

export interface InheritedPlan {
  /** Undefined where there are problems. */
  readonly plan: SplitPlan | undefined;
  readonly notes: readonly string[];
  readonly problems: readonly (Problem & { readonly failure?: Failure })[];
}

/** The plan of a split that keeps the sides of a recorded one: that one's, with where its sides come from. */
export function inheritedPlan(
  { inherit, key, sealed, ...written }: WrittenSplit,
  find: FindSplit | undefined,
): InheritedPlan {
  const asked = typeof inherit === 'string' ? { from: inherit } : (inherit ?? { from: '' });
  let recorded: RecordedSplit;
  try {
    if (!find) return wrong('split.inherit', 'splits are recorded in a workspace, and none is open here');
    recorded = find(asked.from, 'data' in asked ? asked.data : undefined);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return wrong('split.inherit', failure.message, failure);
  }
  const { inherit: _, sealed: __, ...plan } = recorded.plan;
  const refused = refusedBecause(plan);
  if (refused !== undefined) return wrong('split.inherit', refused);
  const differing = Object.entries(written).find(
    ([name, value]) => value !== plan[name as keyof typeof plan],
  );
  if (differing) {
    const [name] = differing;
    const own = plan[name as keyof typeof plan];
    return wrong(
      `split.${name}`,
      `it comes with the split of ${recorded.run}, where it ${own === undefined ? 'is not said' : `is ${own}`}; leave it out, or "inherit"`,
    );
  }
  const keyed = key ?? ('key' in asked ? asked.key : undefined);
  if (plan.method === 'group' && keyed !== undefined && keyed !== plan.by)
    return wrong(
      'split.key',
      `a split by group knows its rows again by their "${plan.by}"; leave the key out`,
    );
  if (recorded.sealed && sealed === false)
    return wrong('split.sealed', `the test rows of ${recorded.run} are sealed; inherited they stay so`);
  const known = plan.method === 'group' ? plan.by : keyed;
  const shut = sealed === true || recorded.sealed;
  return {
    plan: {
      ...plan,
      ...(shut ? { sealed: true } : {}),
      inherit: {
        from: recorded.split,
        data: recorded.data,
        ...(known === undefined ? {} : { key: known }),
      },
    },
    notes: [
      `rows of ${recorded.version} stay on the side they had in ${recorded.run}, known again by ${known === undefined ? 'what they say in all common columns' : `"${known}"`}`,
      ...(sealed === true && !recorded.sealed
        ? [`the test rows are sealed from now on, but ${recorded.run} was scored by those it has of them`]
        : []),
    ],
    problems: [],
  };
}

function wrong(path: string, message: string, failure?: Failure): InheritedPlan {
  return { plan: undefined, notes: [], problems: [{ path, message, ...(failure ? { failure } : {}) }] };
}

/** Methods that say where a row belongs by themselves, in every snapshot. */
function refusedBecause({ method, by }: SplitPlan): string | undefined {
  switch (method) {
    case 'time':
      return 'a split by time puts the newest rows to the test, so rows change sides as newer ones come; it can\'t be inherited. Say it again, or use "key"';
    case 'key':
      return `a split by key keeps the same "${by}" on the same side by itself; say it again with the same seed`;
    case 'column':
      return `a split by column is what "${by}" says, in every version; say it again`;
    default:
      return undefined;
  }
}
