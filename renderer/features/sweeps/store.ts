import { create } from 'zustand';
import type { SpaceOverride } from '../../../preload/contract/sweeps.ts';
import type { InputOf } from '../../api/methods.ts';

/** By family and parameter. A list without a value is being written and says nothing yet. */
export type Space = Readonly<Record<string, Readonly<Record<string, SpaceOverride>>>>;

/** The sweep that is being described; it stays when another page is looked at. */
export interface SweepDraft {
  readonly dataset: string;
  readonly target: string | null;
  /** Null: a free one is proposed. */
  readonly name: string | null;
  readonly families: readonly string[];
  readonly search: string;
  readonly metric: string | null;
  readonly runs: number | string;
  readonly minutes: number | string;
  readonly wattHours: number | string;
  readonly folds: number | string;
  readonly seed: number | string;
  readonly workers: number | string;
  /** YAML; empty: each family's defaults. */
  readonly recipe: string;
  readonly space: Space;
  readonly change: (part: Partial<Omit<SweepDraft, 'change' | 'look'>>) => void;
  /** Where to look for a parameter; undefined: where its schema says. */
  readonly look: (family: string, param: string, where: SpaceOverride | undefined) => void;
}

const empty = {
  dataset: '',
  target: null,
  name: null,
  families: [],
  search: 'tpe',
  metric: null,
  runs: '',
  minutes: '',
  wattHours: '',
  folds: '',
  seed: '',
  workers: '',
  recipe: '',
  space: {},
};

export const useSweepDraft = create<SweepDraft>()((set) => ({
  ...empty,
  change: (part) => set(part),
  look: (family, param, where) =>
    set(({ space }) => {
      const { [param]: _, ...others } = space[family] ?? {};
      return { space: { ...space, [family]: where === undefined ? others : { ...others, [param]: where } } };
    }),
}));

/** What the draft says, without what it leaves open; null while it doesn't say what to predict. */
export function wishOf(draft: SweepDraft): InputOf<'sweeps.plan'> | null {
  const { dataset, target, families, search, metric, runs, minutes, wattHours, folds, seed } = draft;
  const recipe = draft.recipe.trim();
  if (dataset === '' || (target === null && recipe === '')) return null;
  const space = writtenSpace(draft.space);
  const parts = {
    dataset,
    search,
    target: target ?? undefined,
    metric: metric ?? undefined,
    recipe: recipe || undefined,
    families: families.length ? [...families] : undefined,
    space: Object.keys(space).length ? space : undefined,
    runs: numberOf(runs),
    minutes: numberOf(minutes),
    wattHours: numberOf(wattHours),
    folds: numberOf(folds),
    seed: numberOf(seed),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

export function numberOf(value: number | string): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function writtenSpace(space: Space): Record<string, Record<string, SpaceOverride>> {
  const written = Object.entries(space).map(([family, params]) => [
    family,
    Object.fromEntries(
      Object.entries(params).filter(([, where]) => !Array.isArray(where) || where.length > 0),
    ),
  ]);
  return Object.fromEntries(written.filter(([, params]) => Object.keys(params ?? {}).length > 0)) as Record<
    string,
    Record<string, SpaceOverride>
  >;
}
