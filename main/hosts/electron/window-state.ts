import * as z from 'zod';

const Bounds = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Bounds = z.infer<typeof Bounds>;

export const WindowState = z.object({ bounds: Bounds, maximized: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

export const smallest = { width: 900, height: 600 };
const usual = { width: 1360, height: 880 };
/** So much of the window must be on a screen that it can be taken hold of. */
const GRIP = 80;

/** The kept place of the window, moved back to where a screen is now; `screens` are work areas, the main one first. */
export function placeWindow(kept: Bounds | undefined, screens: readonly Bounds[]): Bounds {
  const seen = kept && screens.find((screen) => overlap(kept, screen));
  const screen = seen ?? screens[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.min(screen.width, Math.max(smallest.width, kept?.width ?? usual.width));
  const height = Math.min(screen.height, Math.max(smallest.height, kept?.height ?? usual.height));
  if (!kept || !seen) {
    const x = screen.x + Math.round((screen.width - width) / 2);
    return { x, y: screen.y + Math.round((screen.height - height) / 2), width, height };
  }
  return {
    x: clamp(kept.x, screen.x, screen.x + screen.width - width),
    y: clamp(kept.y, screen.y, screen.y + screen.height - height),
    width,
    height,
  };
}

function clamp(at: number, from: number, to: number): number {
  return Math.max(from, Math.min(at, to));
}

function overlap(a: Bounds, b: Bounds): boolean {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across >= GRIP && down >= GRIP;
}
