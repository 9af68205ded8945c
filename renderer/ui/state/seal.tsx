import { AlertTriangle, Check, CircleDashed, Loader, Minus, X, type LucideIcon } from 'lucide-react';
import './seal.css';

export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'plain' | 'none';

const icons: Readonly<Record<Tone, LucideIcon>> = {
  good: Check,
  warn: AlertTriangle,
  bad: X,
  busy: Loader,
  plain: Minus,
  none: CircleDashed,
};

interface SealProps {
  readonly tone: Tone;
  readonly label: string;
  readonly title?: string;
  /** Opens the evidence. */
  readonly onOpen?: () => void;
}

/** A verdict or state: always an icon and a word beside the colour. */
export function Seal({ tone, label, title, onOpen }: SealProps) {
  const Icon = icons[tone];
  const inside = (
    <>
      <Icon size={12} aria-hidden />
      {label}
    </>
  );
  return onOpen ? (
    <button type="button" className={`seal seal--${tone}`} title={title} onClick={onOpen}>
      {inside}
    </button>
  ) : (
    <span className={`seal seal--${tone}`} title={title}>
      {inside}
    </span>
  );
}
