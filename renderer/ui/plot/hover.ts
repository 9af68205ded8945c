import type { Figure } from '../../../preload/contract/figures.ts';

/** One of Plotly's traces. */
export type Trace = Readonly<Record<string, unknown>>;

/** A number on an axis as hover says it: `price <b>250,000</b> USD`. */
export function hovered(axis: Figure['x'], place: string, values: readonly (string | number)[]): string {
  const form = values.some((value) => typeof value === 'string') ? `%{${place}}` : `%{${place}:,.5~g}`;
  return `${axis.title} <b>${form}</b>${axis.unit ? ` ${axis.unit}` : ''}`;
}
