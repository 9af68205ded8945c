import { Failure } from '../../preload/contract/failure.ts';

const storageKey = 'holdfast.session';

/**
 * The session token of the web host. On first load the address carries a one-time launch token in its fragment; it is
 * exchanged for a session and taken out of the address and the history.
 */
export async function openSession(): Promise<string> {
  const launch = /^#token=([^&/]+)/.exec(location.hash)?.[1];
  if (launch) {
    history.replaceState(null, '', `${location.pathname}${location.search}#/`);
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: decodeURIComponent(launch) }),
    });
    if (response.ok) {
      const { session } = (await response.json()) as { session: string };
      sessionStorage.setItem(storageKey, session);
      return session;
    }
  }
  const kept = sessionStorage.getItem(storageKey);
  if (kept) return kept;
  throw sessionEnded();
}

export function sessionEnded(): Failure {
  return new Failure(
    'session-ended',
    {},
    'this page is not connected to Holdfast; start it again with `npm start` and use the address it opens',
  );
}
