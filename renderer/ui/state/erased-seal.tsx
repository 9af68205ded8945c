import { formatInstant } from '../text/format.ts';
import { Seal } from './seal.tsx';
import { words } from './words.ts';

interface Props {
  readonly of: { readonly at: string; readonly by: string; readonly persons: number } | null;
}

/** The mark of a model that was kept although somebody whose rows it learned from was erased. */
export function ErasedSeal({ of }: Props) {
  return of ? (
    <Seal
      tone="warn"
      label={words.learnedFromErased}
      title={words.learnedFromErasedAbout(of.persons, of.by, formatInstant(of.at))}
    />
  ) : null;
}
