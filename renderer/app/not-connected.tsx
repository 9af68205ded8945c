import { ErrorPanel } from '../ui/state/error-panel.tsx';

/** The whole window when there is no host behind it. */
export function NotConnected({ error }: { error: unknown }) {
  return (
    <main style={{ maxWidth: 640, margin: '20vh auto', padding: 16 }}>
      <h1 style={{ fontSize: 20, lineHeight: '28px', marginBottom: 12 }}>Holdfast</h1>
      <ErrorPanel error={error} what="Connecting" onRetry={() => location.reload()} />
    </main>
  );
}
