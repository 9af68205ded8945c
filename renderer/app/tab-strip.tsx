import { X } from 'lucide-react';
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { contextMenu } from '../ui/actions/context-menu.tsx';
import { go } from '../ui/navigation/router.ts';
import type { Tab } from '../ui/navigation/tab-list.ts';
import { close, move, useTabs } from '../ui/navigation/tabs.ts';
import { stageOf } from './routes.ts';
import { actionsOfTab } from './tab-actions.ts';
import { words } from './words.ts';
import './tab-strip.css';

const dragged = 'application/x-holdfast-tab';

/** The open objects across the top. Arrows move the focus, Delete and the middle button close, dragging reorders. */
export function TabStrip() {
  const open = useTabs((state) => state.list.open);
  const active = useTabs((state) => state.active);
  const strip = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<number | null>(null);
  if (!open.length) return null;
  const reachable = open.some(({ key }) => key === active) ? active : open[0]?.key;
  const focus = (at: number) =>
    strip.current?.querySelectorAll<HTMLElement>('[role=tab]')[(at + open.length) % open.length]?.focus();
  const drop = (event: DragEvent, at: number) => {
    const key = event.dataTransfer.getData(dragged);
    setOver(null);
    if (!key) return;
    event.preventDefault();
    const from = open.findIndex((tab) => tab.key === key);
    move(key, from >= 0 && from < at ? at - 1 : at);
  };
  const press = (event: KeyboardEvent, tab: Tab, at: number) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by !== 0 && event.ctrlKey && event.shiftKey) move(tab.key, at + by);
    else if (by !== 0 && !event.altKey) focus(at + by);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === 'Delete') {
      close(tab.key);
      requestAnimationFrame(() => focus(Math.min(at, open.length - 2)));
    } else if (event.key === 'Enter' || event.key === ' ') go(tab.path);
    else return;
    event.preventDefault();
  };
  return (
    <nav className="tab-strip" aria-label={words.tabs.label}>
      <div ref={strip} className="tab-strip__list" role="tablist" aria-label={words.tabs.label}>
        {open.map((tab, at) => {
          const Icon = stageOf(tab.key)?.nav?.icon;
          return (
            <div
              key={tab.key}
              ref={tab.key === active ? intoView : null}
              role="tab"
              className="tab-strip__tab"
              data-over={over === at || undefined}
              aria-selected={tab.key === active}
              aria-controls="content"
              aria-keyshortcuts="Delete"
              tabIndex={tab.key === reachable ? 0 : -1}
              title={`${tab.title}\n${decodeURIComponent(tab.key)}`}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(dragged, tab.key);
                event.dataTransfer.effectAllowed = 'move';
              }}
              onDragOver={(event) => {
                if (!event.dataTransfer.types.includes(dragged)) return;
                event.preventDefault();
                const { left, width } = event.currentTarget.getBoundingClientRect();
                setOver(event.clientX > left + width / 2 ? at + 1 : at);
              }}
              onDragLeave={() => setOver(null)}
              onDrop={(event) => drop(event, over ?? at)}
              onMouseDown={(event) => {
                if (event.button === 1) event.preventDefault();
              }}
              onClick={() => go(tab.path)}
              onAuxClick={(event) => {
                if (event.button === 1) close(tab.key);
              }}
              onKeyDown={(event) => press(event, tab, at)}
              onContextMenu={contextMenu(actionsOfTab(tab.key))}
            >
              {Icon ? <Icon size={14} strokeWidth={1.75} aria-hidden /> : null}
              <span className="truncate">{tab.title}</span>
              {/* For the mouse: with the keyboard, Delete does the same. A tab may hold nothing else that takes the focus. */}
              <span
                className="tab-strip__close"
                title={words.tabs.close(tab.title)}
                aria-hidden
                onClick={(event) => {
                  event.stopPropagation();
                  close(tab.key);
                }}
              >
                <X size={12} />
              </span>
            </div>
          );
        })}
      </div>
    </nav>
  );
}

function intoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
