import type { Run } from '../../../preload/contract/training.ts';
import { words } from './holdout-words.ts';

/** Beside a test number: how many looks at the same rows came before it. */
export function LooksBefore({ run: { looks, sealed } }: { run: Pick<Run, 'looks' | 'sealed'> }) {
  return (
    <span className="small dim" title={sealed ? words.sealedAbout : words.beforeAbout}>
      {sealed ? words.sealed : words.before(looks)}
    </span>
  );
}
