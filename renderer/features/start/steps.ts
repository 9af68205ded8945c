import type { OutputOf } from '../../api/methods.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import type { Seen } from './seen.ts';

export const stepNames = ['import', 'look', 'train', 'compare', 'register', 'export'] as const;
export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly name: StepName;
  readonly done: boolean;
  /** Where it is done. */
  readonly path: string;
}

/** What the workspace itself says; each absent until it has been read, and without a workspace. */
export interface Known {
  readonly datasets?: OutputOf<'datasets.list'>['datasets'] | undefined;
  readonly runs?: OutputOf<'training.list'>['runs'] | undefined;
  readonly models?: OutputOf<'registry.list'>['models'] | undefined;
  readonly journal?: OutputOf<'lineage.journal'>['records'] | undefined;
  readonly seen: readonly Seen[];
}

const leaving = new Set(['bundles.export', 'remotes.push']);

/** The way from a table to a model that leaves, with what was really done of it. */
export function firstSteps({
  datasets = [],
  runs = [],
  models = [],
  journal = [],
  seen,
}: Known): readonly Step[] {
  const finished = runs.filter(({ status }) => status === 'done');
  const [latest, before] = finished;
  const dataset = datasets[0]?.name;
  const model = models[0];
  const version = model?.versions.reduce((most, one) => Math.max(most, one.version), 1);
  return [
    { name: 'import', done: datasets.length > 0, path: '/data/import' },
    { name: 'look', done: seen.includes('look'), path: dataset ? pathOf('data', dataset) : '/data' },
    { name: 'train', done: finished.length > 0, path: '/train' },
    {
      name: 'compare',
      done: seen.includes('compare'),
      path: latest && before ? pathOf('runs', 'compare', before.id, latest.id) : '/train',
    },
    { name: 'register', done: models.length > 0, path: latest ? pathOf('runs', latest.id) : '/runs' },
    {
      name: 'export',
      done: journal.some(({ action }) => leaving.has(action)),
      path: model ? pathOf('models', `${model.name}@${version ?? 1}`, 'send') : '/models',
    },
  ];
}
