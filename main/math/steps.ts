/**
 * Long work in small pieces: a generator that computes between yields and says how far it is (0..1), so that whoever
 * drives it can stop, report or let other work in. The arithmetic is the same however it is driven.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** Runs all the steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
