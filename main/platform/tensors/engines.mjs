// `npm run engines`, and with --postinstall the root's install script. Plain JavaScript that any Node from 18 on can run: the
// TypeScript behind it needs the Node that the project brings (node_modules/.bin/node). As an install script it never fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const postinstall = process.argv.includes('--postinstall');
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);

async function main() {
  // The first `npx holdfast` links this folder into npm's cache and runs its install script once more; nothing is new then.
  if (postinstall && process.env.npm_command === 'exec') return 0;
  if (process.env.HOLDFAST_ENGINES === 'skip') {
    console.error('holdfast engines: skipped, HOLDFAST_ENGINES=skip; `npm run engines` fetches them later');
    return 0;
  }
  if (!runsTypeScript) {
    if (process.env.HOLDFAST_OWN_NODE || !existsSync(own)) {
      console.error('holdfast engines: node_modules has no Node 24; run `npm ci`, then `npm run engines`');
      return 1;
    }
    const env = { ...process.env, HOLDFAST_OWN_NODE: '1' };
    return spawnSync(own, process.argv.slice(1), { stdio: 'inherit', env }).status ?? 1;
  }
  const { engines } = await import('./provisioning/command.ts');
  return engines();
}

try {
  const code = await main();
  process.exitCode = postinstall ? 0 : code;
} catch (error) {
  console.error(`holdfast engines: ${error instanceof Error ? error.message : String(error)}`);
  console.error('holdfast engines: networks train on the WebAssembly engine; `npm run engines` tries again');
  process.exitCode = postinstall ? 0 : 1;
}
