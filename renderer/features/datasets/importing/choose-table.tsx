import { Button } from '@mantine/core';
import { Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import * as z from 'zod';
import type { ImportOptions } from '../../../../preload/contract/import-options.ts';
import { words } from './words.ts';

interface Props {
  readonly error: unknown;
  readonly onChoose: (key: keyof ImportOptions, value: unknown) => void;
  /** What is shown for every other error. */
  readonly children: ReactNode;
}

const SeveralTables = z.object({
  code: z.literal('import-choice'),
  details: z.object({ what: z.enum(['table', 'sheet']), known: z.array(z.string()).min(1) }),
});

/** A source with several tables asks which; anything else that went wrong is an error. */
export function ChooseTable({ error, onChoose, children }: Props) {
  const several = SeveralTables.safeParse(error);
  if (!several.success) return children;
  const { what, known } = several.data.details;
  return (
    <section className="import__tables" aria-label={words.whichTable}>
      <h2>{words.whichTable}</h2>
      <p className="small dim">{words.severalTables}</p>
      <div className="import__table-list">
        {known.map((name) => (
          <Button
            key={name}
            leftSection={<Table2 size={14} aria-hidden />}
            onClick={() => onChoose(what, name)}
          >
            {name}
          </Button>
        ))}
      </div>
    </section>
  );
}
