import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { pageHeaders } from '../content-policy.ts';
import { listPageFiles } from '../page-files.ts';

/** Before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'holdfast', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page and nothing else. */
export async function serveScheme(pageFolder: string): Promise<void> {
  const files = await listPageFiles(pageFolder);
  protocol.handle('holdfast', async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'app' && request.method === 'GET' ? files.get(url.pathname) : undefined;
    if (!file) return new Response('not found', { status: 404, headers: pageHeaders });
    const bytes = await readFile(file.file);
    return new Response(bytes, { headers: { ...pageHeaders, 'content-type': file.type } });
  });
}
