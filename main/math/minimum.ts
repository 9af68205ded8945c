/**
 * Where a function of one variable is least between `low` and `high`: parabolic steps, safeguarded by the golden section
 * (Brent 1973, chapter 5). `tolerance` is absolute, on the place. A value that is not a number counts as infinitely large.
 */
export function minimumBetween(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-8,
): number {
  const value = (x: number) => {
    const y = f(x);
    return Number.isNaN(y) ? Infinity : y;
  };
  const golden = (3 - Math.sqrt(5)) / 2;
  let [a, b] = [low, high];
  let x = a + golden * (b - a);
  let [w, v] = [x, x];
  let fx = value(x);
  let [fw, fv] = [fx, fx];
  let step = 0;
  let before = 0;
  for (let round = 0; round < 200; round++) {
    const middle = (a + b) / 2;
    const near = tolerance + 1e-9 * Math.abs(x);
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break;
    let parabola = false;
    if (Math.abs(before) > near && Number.isFinite(fx + fw + fv)) {
      const r = (x - w) * (fx - fv);
      let q = (x - v) * (fx - fw);
      let p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      if (Math.abs(p) < Math.abs((q * before) / 2) && p > q * (a - x) && p < q * (b - x)) {
        before = step;
        step = p / q;
        const u = x + step;
        if (u - a < 2 * near || b - u < 2 * near) step = x < middle ? near : -near;
        parabola = true;
      }
    }
    if (!parabola) {
      before = x < middle ? b - x : a - x;
      step = golden * before;
    }
    const u = x + (Math.abs(step) >= near ? step : step > 0 ? near : -near);
    const fu = value(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}
