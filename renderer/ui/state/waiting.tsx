import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { words as text } from './words.ts';

/** True once `after` ms have gone by: quick answers show no flicker. */
function useAfter(after: number): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return over;
}

interface Props {
  readonly lines?: number;
  /** What is being waited for, said after a second. */
  readonly words?: string;
}

/** Grey lines after 150 ms, words after a second. */
export function Waiting({ lines = 5, words = text.loading }: Props) {
  const soon = useAfter(150);
  const long = useAfter(1000);
  if (!soon) return <div aria-busy="true" style={{ minHeight: lines * 28 }} />;
  return (
    <div aria-busy="true" className="stack" style={{ gap: 8, padding: '4px 0' }}>
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} height={20} width={`${96 - ((i * 37) % 40)}%`} animate={false} />
      ))}
      {long ? (
        <p className="small dim" role="status">
          {`${words} …`}
        </p>
      ) : null}
    </div>
  );
}
