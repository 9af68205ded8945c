import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { useFacts } from '../api/facts.ts';
import { hasEnded, useFollowed } from '../api/jobs.ts';
import { formatBytes, plural } from '../ui/text/format.ts';

/** What is true in the background: engine, storage, network, jobs, journal. */
export function StatusBar({ workspace }: { workspace: WorkspaceInfo | null }) {
  const doctor = useFacts('system.doctor', {});
  const jobs = useFacts('jobs.list', { limit: 100 }, { when: workspace !== null });
  const told = useFollowed((state) => state.jobs);
  const all = { ...Object.fromEntries((jobs.data?.jobs ?? []).map((job) => [job.id, job])), ...told };
  const busy = Object.values(all).filter((job) => !hasEnded(job));
  const engine = doctor.data?.engines.find(({ id }) => id === doctor.data?.training);
  return (
    <footer className="status-bar">
      <a href="#/machine" title={doctor.data?.training}>
        {engine
          ? `engine: ${engine.title} ${engine.version ?? ''}`
          : `engine: ${doctor.data?.training ?? '…'}`}
      </a>
      {workspace ? <span title={workspace.dir}>storage {formatBytes(workspace.size)}</span> : null}
      <span title={doctor.data?.offline ?? 'no network call unless you press push, pull or log in'}>
        offline
      </span>
      {workspace && !workspace.writable ? (
        <span
          className="is-warn"
          title="another process is the writer: everything can be looked at, nothing changed"
        >
          read only
        </span>
      ) : null}
      <span className="status-bar__gap" />
      {workspace ? (
        <a href="#/activity" className={busy.length ? 'is-busy' : undefined}>
          {busy.length ? `${plural(busy.length, 'job')} running` : 'no job running'}
        </a>
      ) : null}
      {workspace ? (
        <a
          href="#/machine/journal"
          title={`append-only journal, its last record is ${workspace.journal.head}`}
        >
          journal {plural(workspace.journal.records, 'record')}
        </a>
      ) : null}
    </footer>
  );
}
