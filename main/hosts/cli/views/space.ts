import { counted, formatSize } from '../text.ts';

interface Space {
  readonly objects: number;
  readonly bytes: number;
}

/** What was given back, and what is used before and after. */
export function spaceLine(before: Space, after: Space, removed: Space): string {
  return `${counted(removed.objects, 'object')}, ${formatSize(removed.bytes)} given back: ${formatSize(before.bytes)} before, ${formatSize(after.bytes)} after.`;
}
