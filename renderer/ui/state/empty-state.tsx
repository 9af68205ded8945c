import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './empty-state.css';

interface Props {
  readonly icon: LucideIcon;
  /** What will be here, in one sentence. */
  readonly children: ReactNode;
  /** The one button that makes it so. */
  readonly action?: ReactNode;
  /** The other way, usually the sample. */
  readonly link?: ReactNode;
}

export function EmptyState({ icon: Icon, children, action, link }: Props) {
  return (
    <div className="empty-state">
      <Icon size={28} strokeWidth={1.25} aria-hidden />
      <p>{children}</p>
      {action}
      {link ? <p className="small dim">{link}</p> : null}
    </div>
  );
}
