/** Summed weights of the good and of the other rows. */
export interface Counts {
  readonly good: number;
  readonly bad: number;
}

/**
 * Weight of evidence of a bin, ln((good / all good) / (bad / all bad)) (Good 1950), and what it adds to the information value, the
 * difference of the two shares times it (Kullback and Leibler 1951; Siddiqi 2006). A bin without one of the classes counts as if half a
 * row more of each were in it, which keeps both finite.
 */
export function evidence({ good, bad }: Counts, all: Counts): { readonly woe: number; readonly iv: number } {
  if (good + bad === 0) return { woe: 0, iv: 0 };
  const more = good === 0 || bad === 0 ? 0.5 : 0;
  const up = (good + more) / all.good;
  const down = (bad + more) / all.bad;
  const woe = Math.log(up / down);
  return { woe, iv: (up - down) * woe };
}
