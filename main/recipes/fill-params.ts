import * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';

/**
 * Parameters with every default filled in, except those that came to a family later (`meta({ unwritten: true })`) and have their default:
 * a resolved recipe leaves them out, so that one from before they came keeps its hash. Throws what `schema.parse` does.
 */
export function fillParams(
  schema: z.ZodObject,
  written: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const defaults = schema.parse({});
  return Object.fromEntries(
    Object.entries(schema.parse(written)).filter(([key, value]) => {
      const field: unknown = schema.shape[key];
      const late = field instanceof z.ZodType && field.meta()?.['unwritten'] === true;
      return !late || canonicalJson(value) !== canonicalJson(defaults[key]);
    }),
  );
}
