import { Popover } from '@mantine/core';
import { HelpCircle } from 'lucide-react';
import type { OutputOf } from '../../api/methods.ts';
import { words } from '../../ui/help/words.ts';
import { pathOf } from '../../ui/navigation/router.ts';

export type MetricInfo = OutputOf<'evaluation.show'>['about'][number];

/** "What is this?" beside a metric: its meaning, direction, unit and formula. */
export function AboutMetric({ about, target }: { about: MetricInfo | undefined; target: string }) {
  if (!about) return null;
  const unit = about.unit === 'target' ? `the unit of ${target}` : about.unit;
  return (
    <Popover width={300} position="bottom-start">
      <Popover.Target>
        <button
          type="button"
          className="about-button"
          aria-label={`what is ${about.title}?`}
          title="what is this?"
        >
          <HelpCircle size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <h3>{about.title}</h3>
        <p className="small" style={{ margin: '4px 0' }}>
          {about.doc}
        </p>
        <p className="small">
          <code>{about.formula}</code>
        </p>
        <p className="small dim" style={{ marginTop: 4 }}>
          {about.direction === 'higher' ? 'Higher is better.' : 'Lower is better.'}
          {unit ? ` In ${unit}.` : ''}
        </p>
        <a className="small" href={`#${pathOf('learn', about.id)}`}>
          {words.workedExample}
        </a>
      </Popover.Dropdown>
    </Popover>
  );
}
