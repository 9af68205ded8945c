import { Button } from '@mantine/core';
import { formatInstant } from '../text/format.ts';
import { useRescued } from './drafts.ts';
import { words } from './words.ts';
import './rescued-draft.css';

interface Props {
  /** The draft's key. */
  readonly draft: string;
  /** Throws it away. */
  readonly onDiscard: () => void;
}

/** After a crash, once: says that what was being written is here again. Nothing on any other day. */
export function RescuedDraft({ draft, onDiscard }: Props) {
  const { at, seen } = useRescued(draft);
  if (at === null) return null;
  return (
    <p className="rescued-draft" role="status">
      <span className="grow">{words.rescued(formatInstant(new Date(at).toISOString()))}</span>
      <Button
        onClick={() => {
          seen();
          onDiscard();
        }}
      >
        {words.discard}
      </Button>
      <Button onClick={seen}>{words.keep}</Button>
    </p>
  );
}
