import { defineWords } from './text/words.ts';

export const words = defineWords({ breadcrumb: 'Breadcrumb' }, { breadcrumb: 'Wo das ist' });
