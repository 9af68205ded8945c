import type { Job } from '../../../../preload/contract/jobs.ts';
import { factLines, textTable } from '../text-table.ts';
import { formatInstant, plainText } from '../text.ts';
import { viewAnything } from './anything.ts';
import { blocks, type Views } from './view.ts';

export const jobs: Views<'jobs'> = {
  start: ({ job }) => viewJob(job),
  list: ({ jobs: list }) =>
    list.length
      ? textTable(
          ['job', 'status', 'done', 'what', 'message', 'when'],
          list.map((job) => [
            job.id,
            job.status,
            `${Math.floor(job.fraction * 100)} %`,
            job.title,
            job.error?.message ?? job.message,
            formatInstant(job.created),
          ]),
        )
      : 'No job yet.',
  show: ({ job, log, live, result }) =>
    blocks(
      viewJob(job),
      log.map(plainText).join('\n'),
      live.length > 0 && factLines(live.at(-1) ?? {}),
      result && viewAnything(result),
    ),
  cancel: ({ job }) => viewJob(job),
};

function viewJob(job: Job): string {
  return factLines({
    job: job.id,
    what: job.title,
    status: job.status,
    done: `${Math.floor(job.fraction * 100)} %`,
    message: job.message || null,
    started: job.started && formatInstant(job.started),
    finished: job.finished && formatInstant(job.finished),
    ...job.subject,
    error: job.error?.message,
  });
}
