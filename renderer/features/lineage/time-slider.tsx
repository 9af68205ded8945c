import { Button, Slider, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatInstant } from '../../ui/text/format.ts';
import { words } from './words.ts';

interface Props {
  /** When something was recorded, oldest first. */
  readonly moments: readonly string[];
  /** Null: now. */
  readonly until: string | null;
  readonly onChange: (until: string | null) => void;
}

/** The lineage as it was at any moment: each stop of the slider is one at which something was recorded, the last is now. */
export function TimeSlider({ moments, until, onChange }: Props) {
  const last = moments.length;
  const at = until === null ? last : stopOf(moments, until);
  const [moving, setMoving] = useState<number | null>(null);
  const stop = moving ?? at;
  if (moments.length < 2) return null;
  const sayStop = (place: number) => {
    const moment = moments[place];
    return moment === undefined ? words.past.now : formatInstant(moment);
  };
  return (
    <div className="lineage-time">
      <span className="small dim">{words.past.label}</span>
      <Slider
        className="grow"
        size="sm"
        thumbLabel={words.past.label}
        min={0}
        max={last}
        value={stop}
        label={sayStop(stop)}
        thumbProps={{ 'aria-valuetext': sayStop(stop) }}
        onChange={setMoving}
        onChangeEnd={(chosen) => {
          setMoving(null);
          onChange(moments[chosen] ?? null);
        }}
      />
      <span className="small lineage-time__when">{sayStop(stop)}</span>
      <TextInput
        size="xs"
        type="date"
        aria-label={words.past.day}
        value={until?.slice(0, 10) ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
      <Button size="xs" disabled={until === null} onClick={() => onChange(null)}>
        {words.past.toNow}
      </Button>
    </div>
  );
}

/** The last stop that was recorded by then; a day counts to its end. */
function stopOf(moments: readonly string[], until: string): number {
  const end = until.includes('T') ? until : `${until}T23:59:59.999Z`;
  return Math.max(
    0,
    moments.findLastIndex((moment) => moment <= end),
  );
}
