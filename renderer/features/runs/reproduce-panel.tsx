import type { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals } from '../../ui/state/verdicts.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';

/** The run being made again, and what came of it. */
export function ReproducePanel({ job }: { job: ReturnType<typeof useJobCall<'lineage.reproduce'>> }) {
  if (!job.running && !job.error && !job.result) return null;
  const seal = job.result ? reproducedSeals[job.result.verdict] : null;
  return (
    <section className="panel" style={{ marginBottom: 12 }} aria-label="Reproduce" aria-live="polite">
      <div className="body stack">
        {job.running ? (
          <JobProgress job={job.job} stops="No verdict is recorded." onCancel={job.cancel} />
        ) : null}
        {job.error ? <ErrorPanel error={job.error} what="Making it again" /> : null}
        {job.result && seal ? (
          <>
            <p className="row">
              <Seal tone={seal.tone} label={seal.label} />{' '}
              <span>The run was {seal.title}. The verdict is recorded.</span>
            </p>
            {job.result.differences.length ? (
              <DenseTable
                label="Differences"
                rows={job.result.differences}
                keyOf={(row) => row.what}
                columns={[
                  { id: 'what', title: 'What', render: (row) => row.what },
                  {
                    id: 'recorded',
                    title: 'Recorded',
                    align: 'right',
                    render: (row) => <code>{row.recorded}</code>,
                  },
                  { id: 'now', title: 'Now', align: 'right', render: (row) => <code>{row.now}</code> },
                  {
                    id: 'tolerance',
                    title: 'Tolerance',
                    align: 'right',
                    render: (row) => row.tolerance ?? <span className="faint">none</span>,
                  },
                ]}
              />
            ) : null}
          </>
        ) : null}
      </div>
    </section>
  );
}
