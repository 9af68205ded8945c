import { useFacts } from '../../api/facts.ts';
import { go } from '../../ui/navigation/router.ts';
import { Seal } from '../../ui/state/seal.tsx';
import { verdictTones } from './tones.ts';
import { words } from './words.ts';

/** What the dataset's suite of checks said of a version; leads to the results. Nothing where it was never checked. */
export function ChecksSeal({ dataset }: { dataset: string }) {
  const checked = useFacts('checks.results', { dataset }).data?.checked;
  if (!checked) return null;
  const failed = checked.results.filter(({ passed }) => !passed).length;
  return (
    <Seal
      tone={verdictTones[checked.verdict]}
      label={words.seal(failed, checked.results.length)}
      onOpen={() => go(`/checks/suite?dataset=${encodeURIComponent(dataset)}`)}
    />
  );
}
