export interface RecipeProblem {
  readonly path: string;
  readonly message: string;
}

/** Problems at or below one place of the recipe: `params`, `steps[1]`. */
export function problemsAt(problems: readonly RecipeProblem[], place: string): readonly RecipeProblem[] {
  return problems.filter(
    ({ path }) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`),
  );
}

/** One text for a field, or nothing. */
export function problemText(problems: readonly RecipeProblem[], place: string): string | undefined {
  const found = problemsAt(problems, place);
  return found.length ? found.map(({ message }) => message).join('; ') : undefined;
}

/** Problems of the keys right below a place, by key: for a form made of a schema. */
export function problemsByKey(problems: readonly RecipeProblem[], place: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, message } of problemsAt(problems, place)) {
    const key = /^[^.[]+/.exec(path.slice(place.length).replace(/^\./, ''))?.[0];
    if (key) found[key] = found[key] ? `${found[key]}; ${message}` : message;
  }
  return found;
}
