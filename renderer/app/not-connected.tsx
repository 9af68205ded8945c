import { ErrorPanel } from '../ui/state/error-panel.tsx';
import { words } from './words.ts';

/** The whole window when there is no host behind it. */
export function NotConnected({ error }: { error: unknown }) {
  return (
    <main style={{ maxWidth: 640, margin: '20vh auto', padding: 16 }}>
      <h1 style={{ fontSize: 20, lineHeight: '28px', marginBottom: 12 }}>{words.app}</h1>
      <ErrorPanel error={error} what={words.connecting} onRetry={() => location.reload()} />
    </main>
  );
}
