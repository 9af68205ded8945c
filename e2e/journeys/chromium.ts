import { existsSync } from 'node:fs';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** How the browser of this system is started; says loudly how to get one when there is none. */
export function chromium(): { executablePath: string; args: string[] } {
  const named = process.env['CHROMIUM'];
  const executablePath = [...(named ? [named] : []), ...usual].find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error(
      'THE JOURNEYS NEED CHROMIUM AND IT IS NOT HERE.\n' +
        'Install it with `apt-get install chromium`, or say where it is: CHROMIUM=/path/to/chromium',
    );
  }
  return {
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
