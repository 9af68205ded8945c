import type * as z from 'zod';
import type { HelpPage } from '../../preload/contract/help.ts';

/** A page as it is kept: what to read next by id. */
export interface Page extends Omit<z.output<typeof HelpPage>, 'see'> {
  readonly see: readonly string[];
}
