import { Checkbox, Select } from '@mantine/core';
import { problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly task: string;
  readonly problems: readonly RecipeProblem[];
}

const methods = ['platt', 'isotonic'] as const;

/** What is learned from the validation rows once the model is there. */
export function CorrectionFields({ recipe, task, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const method = recipe['calibrate'];
  return (
    <>
      {task === 'classification' || method !== undefined ? (
        <Select
          label={words.correction.calibrate}
          description={words.correction.calibrateAbout}
          placeholder={words.correction.none}
          data={methods.map((value) => ({ value, label: words.correction[value] }))}
          value={typeof method === 'string' ? method : null}
          error={problemText(problems, 'calibrate')}
          clearable
          onChange={(value) => set(['calibrate'], value ?? undefined)}
        />
      ) : null}
      <Checkbox
        label={words.correction.conformal}
        description={words.correction.conformalAbout}
        checked={recipe['conformal'] === true}
        error={problemText(problems, 'conformal')}
        onChange={(event) => set(['conformal'], event.currentTarget.checked || undefined)}
      />
    </>
  );
}
