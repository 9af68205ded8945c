import { startWeb, type StartOptions } from './web/main.ts';

export interface StartAnyOptions extends StartOptions {
  /** Try Electron's window first. */
  readonly desktop?: boolean | undefined;
}

/** Opens Holdfast: in Electron's window if asked for and possible, else in the browser. Returns the exit code. */
export async function start(options: StartAnyOptions): Promise<number> {
  if (options.desktop) {
    const { startDesktop } = await import('./start-desktop.ts');
    const code = await startDesktop(options.workspace);
    if (code !== undefined) return code;
  }
  await startWeb(options);
  return 0;
}
