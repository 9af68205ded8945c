import { useCallback, useMemo, useState } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import type { RowView } from '../../../../preload/contract/views.ts';
import { useFacts } from '../../../api/facts.ts';
import { currentPlace, go } from '../../../ui/navigation/router.ts';
import type { Looked } from './row-windows.ts';
import { queryOf, viewOf } from './view-query.ts';

/**
 * The view that the address asks for, and the one that is shown: the one before until main has put the rows of the new one
 * in order.
 */
export function useView(dataset: string, schema: readonly Field[], rows: number, query: URLSearchParams) {
  const key = queryOf(viewOf(query));
  const asked = useMemo(() => viewOf(new URLSearchParams(key)), [key]);
  const isPlain = key === '';
  const first = schema[0]?.name;
  const count = useFacts(
    'datasets.preview',
    { dataset, limit: 1, ...(first === undefined ? {} : { columns: [first] }), ...asked },
    { when: !isPlain, retry: false },
  );
  const ready = isPlain ? rows : count.data?.rows;
  const [last, setLast] = useState<{ readonly of: string; readonly looked: Looked; readonly rows: number }>({
    of: '',
    looked: { dataset, view: {}, schema },
    rows,
  });
  const of = `${dataset} ${key}`;
  if (ready !== undefined && last.of !== of)
    setLast({ of, looked: { dataset, view: asked, schema }, rows: ready });
  const change = useCallback((view: RowView) => go(`${currentPlace().path}${queryOf(view)}`), []);
  return {
    asked,
    /** Changes it by the address, so that going back undoes it. */
    change,
    /** What is shown now, and how many rows it has. */
    looked: last.looked,
    rows: last.rows,
    /** Names what is shown. */
    shown: last.of,
    ordering: !isPlain && count.isFetching,
    error: isPlain ? null : count.error,
  };
}
