/** The part of JSON Schema that zod writes for parameters and that a form can show. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** How one parameter is entered. `nullable`: leaving it empty is a value of its own. */
export type FieldKind =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[]; readonly nullable: boolean }
  | {
      readonly kind: 'number';
      readonly whole: boolean;
      readonly min?: number;
      readonly max?: number;
      readonly nullable: boolean;
    }
  | { readonly kind: 'text'; readonly nullable: boolean }
  /** One of a few texts, or another of some form. */
  | { readonly kind: 'choice-or-text'; readonly options: readonly string[] }
  /** One of a few texts, or keys and values written as JSON. */
  | { readonly kind: 'choice-or-map'; readonly options: readonly string[] }
  /** A number or a text; what reads as a number is one. */
  | { readonly kind: 'scalar'; readonly nullable: boolean }
  | { readonly kind: 'texts' }
  /** Any of these, each once, in any order. */
  | { readonly kind: 'choices'; readonly options: readonly string[] }
  | { readonly kind: 'numbers'; readonly whole: boolean }
  | { readonly kind: 'json' };

/** Which field fits a schema; anything it can't name is edited as JSON. */
export function fieldKind(schema: JsonSchema): FieldKind {
  const branches = (schema.anyOf ?? [schema]).flatMap((branch) =>
    Array.isArray(branch.type) ? branch.type.map((type) => ({ ...branch, type: String(type) })) : [branch],
  );
  const real = branches.filter((branch) => branch.type !== 'null');
  const nullable = real.length < branches.length;
  const options = choices(real);
  if (options) return { kind: 'choice', options, nullable };
  if (real.every((branch) => branch.type === 'string')) {
    const known = real.flatMap((branch) => branch.enum ?? []).map(String);
    return known.length > 0 ? { kind: 'choice-or-text', options: known } : { kind: 'text', nullable };
  }
  if (
    real.length > 1 &&
    real.every(({ type }) => type === 'string' || type === 'number' || type === 'integer')
  ) {
    return { kind: 'scalar', nullable };
  }
  const named = real.length === 2 && real[1]?.type === 'object' ? real[0]?.enum : undefined;
  if (named) return { kind: 'choice-or-map', options: named.map(String) };
  const only = real.length === 1 ? real[0] : undefined;
  if (!only) return { kind: 'json' };
  if (only.type === 'boolean') return { kind: 'boolean' };
  if (only.type === 'number' || only.type === 'integer') return numberKind(only, nullable);
  if (only.type === 'array' && only.items?.type === 'string') {
    const among = only.items.enum;
    return among ? { kind: 'choices', options: among.map(String) } : { kind: 'texts' };
  }
  if (only.type === 'array' && (only.items?.type === 'number' || only.items?.type === 'integer')) {
    return { kind: 'numbers', whole: only.items.type === 'integer' };
  }
  return { kind: 'json' };
}

function choices(branches: readonly JsonSchema[]): readonly (string | number)[] | null {
  const values = branches.flatMap(
    (branch) => branch.enum ?? ('const' in branch ? [branch.const] : [undefined]),
  );
  return values.length && values.every((value) => typeof value === 'string' || typeof value === 'number')
    ? values
    : null;
}

/** Whole numbers carry the limits of a safe integer; those say nothing to a person. */
function numberKind(schema: JsonSchema, nullable: boolean): FieldKind {
  const min = schema.minimum ?? schema.exclusiveMinimum;
  const max = schema.maximum ?? schema.exclusiveMaximum;
  return {
    kind: 'number',
    whole: schema.type === 'integer',
    nullable,
    ...(min !== undefined && min > Number.MIN_SAFE_INTEGER ? { min } : {}),
    ...(max !== undefined && max < Number.MAX_SAFE_INTEGER ? { max } : {}),
  };
}
