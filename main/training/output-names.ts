/**
 * What a model's outputs are called wherever they are written: `prediction`, then `probability_CLASS` for each class. An
 * underscore is added where a raw column of the model has the name already: a table may well have a column `prediction`.
 */
export function outputNames(inputs: readonly string[], classes: readonly string[]): [string, ...string[]] {
  const taken = new Set(inputs);
  const free = (wanted: string): string => {
    let name = wanted;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return name;
  };
  return [free('prediction'), ...classes.map((label) => free(`probability_${label}`))];
}
