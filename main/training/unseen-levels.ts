import type { FittedPipeline, RawColumn } from '../recipes/index.ts';

/** A pipeline keeps at most so many levels of a text column; a longer list can't tell what is new. */
const mostKept = 200;

/** Sentences about text values that no training row had: the model knows nothing of them. */
export function unseenNotes({ inputs }: FittedPipeline, columns: readonly RawColumn[]): string[] {
  return inputs.flatMap(({ name, type, levels }) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (type !== 'text' || column?.kind !== 'category' || levels.length >= mostKept) return [];
    const seen = new Set(levels);
    const isNew = column.levels.map((level) => !seen.has(level));
    let known = 0;
    let unseen = 0;
    let example: string | undefined;
    for (const code of column.codes) {
      if (code < 0) continue;
      known++;
      if (!isNew[code]) continue;
      unseen++;
      example ??= column.levels[code];
    }
    if (example === undefined) return [];
    return [
      `column "${name}": ${unseen} of ${known} values were not seen in training, such as "${example}"; what they mean is unknown to the model`,
    ];
  });
}
