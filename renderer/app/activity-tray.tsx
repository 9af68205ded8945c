import { ActionIcon, Button, Popover } from '@mantine/core';
import { Activity, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../preload/contract/jobs.ts';
import { useCall } from '../api/facts.ts';
import { pathOf } from '../ui/navigation/router.ts';
import { timeLeft, useSeconds } from '../ui/state/job-time.ts';
import { clearNotices, readNotices, useNotices } from '../ui/state/notices.ts';
import { Seal } from '../ui/state/seal.tsx';
import { Moment } from '../ui/text/moment.tsx';
import { words } from './words.ts';
import './activity-tray.css';

const { tray: text } = words;

/** What runs, how far it is and how to stop it; below, what happened. */
export function ActivityTray({ busy }: { busy: readonly Job[] }) {
  const [open, setOpen] = useState(false);
  const { history, unread } = useNotices();
  const label = busy.length ? text.busy(busy.length) : unread ? text.unread(unread) : text.open;
  const show = (next: boolean) => {
    setOpen(next);
    if (next) readNotices();
  };
  const hide = () => show(false);
  const dropdown = useRef<HTMLDivElement>(null);
  // The button that was pressed goes away with its job; the focus stays in the tray.
  useEffect(() => {
    if (open && busy && document.activeElement === document.body) dropdown.current?.focus();
  }, [open, busy]);
  return (
    <Popover opened={open} onChange={show} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className="tray__button"
          aria-label={label}
          title={label}
          data-busy={busy.length > 0 || undefined}
          onClick={() => show(!open)}
        >
          <Activity size={16} aria-hidden />
          {busy.length || unread ? (
            <span className="tray__count" aria-hidden>
              {busy.length || unread}
            </span>
          ) : null}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="tray" ref={dropdown} tabIndex={-1}>
        <section aria-label={text.running}>
          <h2>{text.running}</h2>
          {busy.length ? (
            <ul>
              {busy.map((job) => (
                <Line key={job.id} job={job} onFollow={hide} />
              ))}
            </ul>
          ) : (
            <p className="dim small">{text.none}</p>
          )}
        </section>
        <section aria-label={text.notices}>
          <header className="row">
            <h2 className="grow">{text.notices}</h2>
            {history.length ? <Button onClick={clearNotices}>{text.clear}</Button> : null}
          </header>
          {history.length ? (
            <ul className="tray__notices">
              {history.map((notice) => (
                <li key={notice.id}>
                  <Seal tone={notice.tone} label="" />
                  <span className="grow">
                    {notice.path ? (
                      <a href={`#${notice.path}`} onClick={hide}>
                        {notice.title}
                      </a>
                    ) : (
                      <strong>{notice.title}</strong>
                    )}
                    <span className="dim small tray__message">{notice.message}</span>
                  </span>
                  <span className="dim small">
                    <Moment at={new Date(notice.at).toISOString()} />
                  </span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="dim small">{text.noNotices}</p>
          )}
        </section>
        <a className="tray__all" href="#/activity" onClick={hide}>
          {text.all}
        </a>
      </Popover.Dropdown>
    </Popover>
  );
}

function Line({ job, onFollow }: { job: Job; onFollow: () => void }) {
  const cancel = useCall('jobs.cancel');
  const seconds = useSeconds(job.started);
  const percent = Math.round(job.fraction * 100);
  const facts = [`${percent} %`, timeLeft(job.fraction, seconds), job.message].filter(Boolean);
  return (
    <li>
      <span className="grow">
        <a href={`#${pathOf('activity', job.id)}`} onClick={onFollow}>
          {job.title}
        </a>
        <progress value={job.fraction} max={1} aria-label={job.title} />
        <span className="dim small truncate tray__message">{facts.join(' · ')}</span>
      </span>
      <ActionIcon
        aria-label={text.cancel(job.title)}
        title={text.cancel(job.title)}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ job: job.id })}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}
