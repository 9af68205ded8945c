import { Button, TagsInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCall, useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { words as many } from './many-words.ts';

type Marks = OutputOf<'runs.marks'>['marks'];
const text = many.marks;

/** Tags and a note of a run, to find it again by. */
export function MarksPanel({ run }: { run: string }) {
  const marks = useFacts('runs.marks', { run });
  return (
    <section className="panel" aria-label={text.title}>
      <header>
        <h2>{text.title}</h2>
      </header>
      <div className="body">
        <Answer of={marks} what={text.title}>
          {({ marks: found }) => <MarksForm key={`${run} ${found.at ?? ''}`} marks={found} />}
        </Answer>
      </div>
    </section>
  );
}

function MarksForm({ marks }: { marks: Marks }) {
  const [tags, setTags] = useState<readonly string[]>(marks.tags);
  const [note, setNote] = useState(marks.note ?? '');
  const mark = useCall('runs.mark');
  const same = tags.join('\n') === marks.tags.join('\n') && note.trim() === (marks.note ?? '');
  return (
    <div className="stack" style={{ gap: 8 }}>
      <TagsInput
        label={text.tags}
        description={text.tagsAbout}
        placeholder={tags.length ? '' : text.tagsHint}
        value={[...tags]}
        onChange={setTags}
        maxTags={50}
      />
      <Textarea
        label={text.note}
        autosize
        minRows={2}
        maxRows={12}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {mark.error ? <ErrorPanel error={mark.error} what={text.saving} /> : null}
      <div className="row">
        <span className="small dim grow">
          {marks.at ? text.kept(formatInstant(marks.at), marks.by ?? '') : ''}
        </span>
        <Button
          disabled={same}
          loading={mark.isPending}
          onClick={() => mark.mutate({ run: marks.run, tags: [...tags], note })}
        >
          {text.save}
        </Button>
      </div>
    </div>
  );
}
