import { createClient } from '../../preload/contract/client.ts';
import { createApp } from '../../main/app/index.ts';
import { operations } from './operations.ts';

// The victim: opens a workspace and does one operation, with its job processes, until it ends or is ended.
const [name = '', workspace = '', folder = '', source = ''] = process.argv.slice(2);
const operation = operations.find((candidate) => candidate.name === name);
if (!operation) throw new Error(`no operation "${name}"`);
const app = await createApp({ host: 'the reliability gate', workspace });
const client = createClient({
  call: (method, input) => app.dispatch(method, input),
  subscribe: (listener) => app.subscribe(listener),
});
await operation.run(client, { folder, source });
await app.close();
