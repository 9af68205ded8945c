import { Button, CopyButton } from '@mantine/core';
import { AlertTriangle, Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import { asSentence, safetyOf, troubleOf } from './error-advice.ts';
import { words } from './words.ts';
import './error-panel.css';

interface Props {
  readonly error: unknown;
  /** What was being done: "The import". */
  readonly what?: string;
  readonly onRetry?: () => void;
  /** Other ways on. */
  readonly children?: ReactNode;
}

/** What the person stopped is no fault. */
function Stopped({ message }: { message: string }) {
  return (
    <p className="row dim" role="status">
      <Ban size={14} aria-hidden />
      {asSentence(message)}
    </p>
  );
}

/** What happened, what was kept safe, what to do; the details folded and easy to copy. */
export function ErrorPanel({ error, what, onRetry, children }: Props) {
  const { code, message, details } = troubleOf(error);
  const text = JSON.stringify({ code, message, details }, null, 2);
  if (code === 'cancelled') return <Stopped message={message} />;
  return (
    <section className="error-panel" role="alert">
      <AlertTriangle size={16} aria-hidden />
      <div className="grow">
        {what ? <h3>{words.didNotWork(what)}</h3> : null}
        <p className="error-panel__message">{asSentence(message)}</p>
        <p className="dim small">{safetyOf(code)}</p>
        <div className="row error-panel__ways">
          {onRetry ? <Button onClick={onRetry}>{words.tryAgain}</Button> : null}
          {children}
        </div>
        <details>
          <summary className="small dim">
            {words.details} <code>{code}</code>
          </summary>
          <pre>{text}</pre>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{copied ? words.copied : words.copyDetails}</Button>
            )}
          </CopyButton>
        </details>
      </div>
    </section>
  );
}
