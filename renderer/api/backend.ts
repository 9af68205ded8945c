import type { Bridge, Choice } from '../../preload/contract/bridge.ts';
import { createClient, type Client, type Transport } from '../../preload/contract/client.ts';
import { createElectronTransport } from './electron-transport.ts';
import { openSession } from './session.ts';
import { createWebTransport, uploadFile } from './web-transport.ts';

declare global {
  interface Window {
    /** Absent in a browser. */
    readonly holdfast?: Bridge;
  }
}

/** Everything the pages have from outside the page. */
export interface Backend {
  readonly client: Client;
  readonly call: (...args: Parameters<Transport['call']>) => ReturnType<Transport['call']>;
  /** A path that `datasets.inspect` and `datasets.import` can read: the file's own, or that of a staged copy. */
  readonly pathOf: (file: File) => Promise<string>;
  /** The system's own dialog; null in a browser, which has none that gives paths. */
  readonly choose: ((what: Choice) => Promise<string | null>) | null;
}

export async function connect(): Promise<Backend> {
  const bridge = window.holdfast;
  if (bridge) {
    const transport = createElectronTransport(bridge);
    return {
      client: createClient(transport),
      call: (...args) => transport.call(...args),
      pathOf: async (file) => bridge.pathOf(file),
      choose: (what) => bridge.choose(what),
    };
  }
  const session = await openSession();
  const transport = createWebTransport(session);
  return {
    client: createClient(transport),
    call: (...args) => transport.call(...args),
    pathOf: (file) => uploadFile(session, file),
    choose: null,
  };
}
