import type { Design } from '../../recipes/index.ts';
import type { ModelArtifact, OnnxFeature } from '../family.ts';
import type { OnnxValue } from '../../platform/onnx/index.ts';

/** Which of the predictions of a model a stack looks at: the number; of two classes the second's probability; of more, all. */
function columnsOf(classes: readonly string[]): readonly { readonly at: number; readonly name: string }[] {
  if (classes.length === 0) return [{ at: 0, name: '' }];
  const all = classes.map((label, at) => ({ at, name: ` says ${label}` }));
  return classes.length === 2 ? all.slice(1) : all;
}

/** What a stack predicts from: the predictions of its members, each `rows` values or rows x classes probabilities, row-major. */
export function stackDesign(said: readonly Float64Array[], classes: readonly string[], rows: number): Design {
  const width = Math.max(1, classes.length);
  const wanted = said.flatMap((values, i) =>
    columnsOf(classes).map(({ at, name }) => ({
      name: `model ${i + 1}${name}`,
      column: Float64Array.from({ length: rows }, (_, row) => values[row * width + at]!),
    })),
  );
  const names = wanted.map(({ name }) => name);
  const columns = wanted.map(({ column }) => column);
  return { rows, width: names.length, blocks: [{ kind: 'dense', names, columns }] };
}

/** The same as values of a graph. */
export function stackFeatures(
  said: readonly (readonly OnnxValue[])[],
  { classes }: Pick<ModelArtifact, 'classes'>,
): OnnxFeature[] {
  return said.flatMap((values, i) =>
    columnsOf(classes).map(({ at, name }) => ({
      kind: 'dense' as const,
      name: `model ${i + 1}${name}`,
      value: values[at]!,
    })),
  );
}
