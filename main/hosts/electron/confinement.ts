import { app, session } from 'electron';
import { pageOrigin } from './scheme.ts';

/** The page may not go elsewhere, open windows, embed pages, or ask the system for anything. */
export function confinePages(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** No permission of any kind, no download, no request that leaves the page's own scheme. After the app is ready. */
export function confineSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    const { protocol } = new URL(details.url);
    answer({ cancel: !['holdfast:', 'blob:', 'data:', 'devtools:'].includes(protocol) });
  });
  defaultSession.on('will-download', (event, item) => {
    // The page saves what it made itself (a CSV, a picture) and nothing from elsewhere.
    if (!item.getURL().startsWith(`blob:${pageOrigin}`)) event.preventDefault();
  });
}

function isOurs(address: string): boolean {
  return URL.parse(address)?.origin === pageOrigin || address.startsWith(`${pageOrigin}/`);
}
