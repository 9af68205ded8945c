import { createApp } from '../../main/app/index.ts';

// The victim: opens a workspace and starts a sweep with job processes; says after each trial how many there are.
const [workspace = '', input = '{}'] = process.argv.slice(2);
const app = await createApp({ host: 'the reliability gate', workspace });
await app.dispatch('sweeps.start', JSON.parse(input), {
  onProgress(_fraction, message) {
    const [, count] = /^(\d+) trials/.exec(message) ?? [];
    if (count !== undefined) process.stdout.write(`${count}\n`);
  },
});
await app.close();
