import * as z from 'zod';
import type { MethodSpec } from '../../../preload/contract/method.ts';

/** How one key of a method's input is spelled on the command line. */
export interface Parameter {
  readonly key: string;
  /** `with-data` */
  readonly flag: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'texts' | 'data';
  readonly required: boolean;
  /** Has a place of its own instead of a flag. */
  readonly positional: boolean;
  readonly doc: string;
  readonly choices: readonly string[];
  readonly fallback: unknown;
}

type Shape = z.core.JSONSchema.BaseSchema;

/** Keys that never stand on a command line, which other users can read. They are asked for instead. */
const secrets = new Set(['password']);

/** The parameters of a method, read from its schema: positional ones first, in their order. */
export function parametersOf(spec: MethodSpec): readonly Parameter[] {
  const schema = inputSchema(spec);
  const positions = spec.cli?.args ?? [];
  const parameters = Object.entries(schema.properties ?? {})
    .filter(([key]) => !secrets.has(key))
    .map(([key, property]): Parameter => {
      const shape = typeof property === 'boolean' ? {} : property;
      return {
        key,
        flag: key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        kind: kindOf(shape),
        required: schema.required?.includes(key) ?? false,
        positional: positions.includes(key),
        doc: shape.description ?? shape.title ?? '',
        choices: (shape.enum ?? []).map(String),
        fallback: shape.default,
      };
    });
  const place = ({ key, positional }: Parameter): number => (positional ? positions.indexOf(key) : 1000);
  return parameters.toSorted((a, b) => place(a) - place(b));
}

/** A secret that a method takes: one that it needs is asked for at once, another when it is refused without. */
export function secretOf(spec: MethodSpec): { readonly key: string; readonly needed: boolean } | undefined {
  const { properties = {}, required = [] } = inputSchema(spec);
  const key = Object.keys(properties).find((name) => secrets.has(name));
  return key === undefined ? undefined : { key, needed: required.includes(key) };
}

function inputSchema(spec: MethodSpec): Shape {
  return z.toJSONSchema(spec.input, { io: 'input', unrepresentable: 'any' });
}

function kindOf(shape: Shape): Parameter['kind'] {
  // What may be null too is spelled as what it is otherwise.
  const [only, ...more] = shape.anyOf?.filter((one) => one.type !== 'null') ?? [];
  if (only && more.length === 0) return kindOf(only);
  if (shape.type === 'boolean') return 'boolean';
  if (shape.type === 'number' || shape.type === 'integer') return 'number';
  const { items } = shape;
  const texts = typeof items === 'object' && 'type' in items && items.type === 'string';
  if (shape.type === 'array' && texts) return 'texts';
  return shape.type === 'string' ? 'text' : 'data';
}
