import type { LucideIcon } from 'lucide-react';

/** One thing a person can do: the button, the palette entry and the shortcut all come from it. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** What it does, for the palette. */
  readonly about?: string;
  readonly icon: LucideIcon;
  /** In the form of Mantine's hotkeys: `mod+K`, or two letters after each other: `g d`. */
  readonly shortcut?: string;
  /** Absent: always. */
  readonly isAvailable?: () => boolean;
  readonly perform: () => void;
}
