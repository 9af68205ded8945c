import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { useConnection } from '../api/connection.ts';
import { useFacts } from '../api/facts.ts';
import { formatBytes } from '../ui/text/format.ts';
import { locale } from '../ui/text/words.ts';
import { words } from './words.ts';

const { status: text } = words;

/** What is true in the background: engine, storage, network, jobs, journal. */
export function StatusBar({ workspace, busy }: { workspace: WorkspaceInfo | null; busy: number }) {
  const doctor = useFacts('system.doctor', {});
  const connected = useConnection((state) => state.connected);
  const engine = doctor.data?.engines.find(({ id }) => id === doctor.data?.training);
  return (
    <footer className="status-bar">
      <a href="#/machine" title={doctor.data?.training}>
        {text.engine(
          engine ? `${engine.title} ${engine.version ?? ''}`.trim() : (doctor.data?.training ?? '…'),
        )}
      </a>
      {workspace ? (
        <a href="#/machine/workspace" title={workspace.dir}>
          {text.storage(formatBytes(workspace.size))}
        </a>
      ) : null}
      <span title={text.offlineAbout}>{text.offline}</span>
      {workspace && !workspace.writable ? (
        <span className="is-warn" title={text.readOnlyAbout}>
          {text.readOnly}
        </span>
      ) : null}
      <span className="status-bar__gap" />
      {connected ? null : (
        <span className="is-warn" role="status">
          {text.lost}
        </span>
      )}
      {workspace ? (
        <a href="#/activity" className={busy ? 'is-busy' : undefined}>
          {busy ? text.running(busy) : text.idle}
        </a>
      ) : null}
      {workspace ? (
        <a href="#/machine/journal" title={text.journalAbout(workspace.journal.head)}>
          {text.journal(workspace.journal.records.toLocaleString(locale), workspace.journal.records === 1)}
        </a>
      ) : null}
    </footer>
  );
}
