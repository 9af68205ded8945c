export type RecipeObject = Readonly<Record<string, unknown>>;

/**
 * A step as the form has it: `step`, perhaps `columns`, and its parameters. People may write `impute`, `scale: [sqft]` or
 * `one-hot: {unknown: error}`; what is none of these comes back as it is, for the host to name.
 */
export function readStep(written: unknown): RecipeObject {
  if (typeof written === 'string') return { step: written };
  if (!isRecord(written)) return { step: String(written) };
  const keys = Object.keys(written);
  const [only = ''] = keys;
  if (keys.length !== 1 || only === 'step') return named(written);
  const body = written[only];
  if (body === null) return { step: only };
  if (Array.isArray(body) || typeof body === 'string') return named({ step: only, columns: body });
  return isRecord(body) ? named({ step: only, ...body }) : { step: only };
}

const groups = ['numbers', 'categories', 'all'];

function named(step: RecipeObject): RecipeObject {
  const { columns } = step;
  return typeof columns === 'string' && !groups.includes(columns) ? { ...step, columns: [columns] } : step;
}

/** Joins as the form has them: a list, each with its key as columns here and there. */
export function readJoins(written: unknown): unknown {
  if (written === null || written === undefined) return written;
  const joins: unknown[] = Array.isArray(written) ? written : [written];
  return joins.map((join) => {
    if (!isRecord(join)) return {};
    const { on, columns } = join;
    const names: unknown[] = typeof on === 'string' ? [on] : Array.isArray(on) ? on : [];
    return {
      ...join,
      ...(names.length > 0 ? { on: Object.fromEntries(names.map((name) => [String(name), name])) } : {}),
      ...(typeof columns === 'string' ? { columns: [columns] } : {}),
    };
  });
}

/** `70/15/15`, `stratified`, `5-fold` or shares in percent as the form has them: `method` and fractions. */
export function readSplit(written: unknown): unknown {
  if (written === 'random' || written === 'stratified') return { method: written };
  const folds = typeof written === 'string' ? /^(\d+)[- ]folds?$/.exec(written.trim()) : null;
  if (folds) return { folds: Number(folds[1]) };
  const shares =
    typeof written === 'string' ? written.split('/').map(Number) : Array.isArray(written) ? written : null;
  if (shares?.length !== 3 || !shares.every((share) => typeof share === 'number' && Number.isFinite(share)))
    return written;
  const [train = 0, validation = 0, test = 0] = shares.map(Number);
  const whole = Math.max(train, validation, test) > 1 ? 100 : 1;
  return { train: train / whole, validation: validation / whole, test: test / whole };
}

function isRecord(value: unknown): value is RecipeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
