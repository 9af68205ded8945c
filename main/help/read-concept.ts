import { parse } from 'yaml';
import * as z from 'zod';
import { Drawing } from '../../preload/contract/help.ts';
import type { Page } from './page.ts';

const Front = z.strictObject({
  title: z.string().min(1),
  short: z.string().min(1),
  see: z.array(z.string()).default([]),
  drawing: Drawing.optional(),
});

/** A concept card: facts as YAML between two lines of `---`, then the text as Markdown. */
export function readConcept(id: string, file: string): Page {
  const found = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file.replaceAll('\r\n', '\n'));
  if (!found) throw new Error(`the concept card ${id} does not begin with facts between two lines of ---`);
  const { title, short, see, drawing } = Front.parse(parse(found[1] ?? ''));
  return {
    id,
    kind: 'concept',
    title,
    short,
    text: (found[2] ?? '').trim(),
    formula: null,
    drawing: drawing ?? null,
    example: null,
    see,
  };
}
