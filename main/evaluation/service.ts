import { fail } from '../../preload/contract/errors.ts';
import type { Service, Workspace } from '../workspaces/index.ts';
import { aboutMetrics, inMetricOrder, type Evaluation } from './evaluate.ts';

/** What was stored when the run ended; what is computed from its model afterwards stands with training. */
export const evaluationService: Pick<Service<'evaluation'>, 'show'> = {
  async show({ run }, { workspace }) {
    const { metrics, splits, figures } = await loadEvaluation(workspace, run);
    const about = aboutMetrics(new Set(Object.keys(metrics.train)));
    return { run, metrics, splits, figures: [...figures], about };
  },
};

/** The evaluation of a finished run. */
export async function loadEvaluation({ db, objects }: Workspace, run: string): Promise<Evaluation> {
  const row = db.get<{ status: string; evaluation: string | null; looks: number | null }>(
    `SELECT status, evaluation, json_extract(metrics, '$.looks') AS looks FROM runs WHERE id = ?`,
    run,
  );
  if (!row) {
    const known = db
      .all<{ id: string }>('SELECT id FROM runs ORDER BY created DESC, rowid DESC LIMIT 5')
      .map(({ id }) => id);
    throw fail('run-not-found', { run, known });
  }
  if (row.evaluation === null) throw fail('run-not-finished', { run, status: row.status });
  const { metrics, ...rest } = JSON.parse(
    new TextDecoder().decode(await objects.get(row.evaluation)),
  ) as Evaluation;
  return {
    ...rest,
    metrics: {
      ...metrics,
      ...(row.looks === null ? {} : { looks: row.looks }),
      train: inMetricOrder(metrics.train),
      validation: inMetricOrder(metrics.validation),
      test: inMetricOrder(metrics.test),
    },
  };
}
