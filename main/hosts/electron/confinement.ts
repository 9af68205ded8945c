import { app, session } from 'electron';
import { isOurs, mayHave, mayRequest, maySave } from './borders.ts';

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
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(mayHave(permission)));
  defaultSession.setPermissionCheckHandler((_contents, permission) => mayHave(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !mayRequest(details.url) });
  });
  defaultSession.on('will-download', (event, item) => {
    if (!maySave(item.getURL())) event.preventDefault();
  });
}
