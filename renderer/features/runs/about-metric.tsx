import { Popover } from '@mantine/core';
import { HelpCircle } from 'lucide-react';
import type { OutputOf } from '../../api/methods.ts';
import { words as help } from '../../ui/help/words.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { words } from './words.ts';

export type MetricInfo = OutputOf<'evaluation.show'>['about'][number];

/** "What is this?" beside a metric: its meaning, direction, unit and formula. */
export function AboutMetric({ about, target }: { about: MetricInfo | undefined; target: string }) {
  if (!about) return null;
  const unit = about.unit === 'target' ? words.metric.unitOf(target) : about.unit;
  return (
    <Popover width={300} position="bottom-start">
      <Popover.Target>
        <button
          type="button"
          className="about-button"
          aria-label={words.metric.what(about.title)}
          title={words.metric.whatIsThis}
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
          {about.direction === 'higher' ? words.metric.higher : words.metric.lower}
          {unit ? words.metric.inUnit(unit) : ''}
        </p>
        <a className="small" href={`#${pathOf('learn', about.id)}`}>
          {help.workedExample}
        </a>
      </Popover.Dropdown>
    </Popover>
  );
}
