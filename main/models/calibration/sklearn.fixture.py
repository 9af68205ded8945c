"""Writes sklearn.fixture.json: scikit-learn's own calibrators on random scores. Run once with scikit-learn 1.9.1, scipy 1.17.1."""

import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize, root
from scipy.special import expit, xlogy
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(20261125)


def platt(f, y, w):
    """The loss of scikit-learn's _sigmoid_calibration, minimised to machine precision."""
    positives, negatives = w[y == 1].sum(), w[y == 0].sum()
    t = np.where(y == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(ab):
        p = expit(-(ab[0] * f + ab[1]))
        return -(w * (xlogy(t, p) + xlogy(1 - t, 1 - p))).sum()

    def gradient(ab):
        d = w * (t - expit(-(ab[0] * f + ab[1])))
        return np.array([(d * f).sum(), d.sum()])

    start = np.array([0.0, np.log((negatives + 1) / (positives + 1))])
    found = minimize(loss, start, jac=gradient, method="BFGS")
    return root(gradient, found.x, tol=1e-14).x.tolist()


cases = []
for n, weighted, digits in ((30, False, 6), (400, True, 6), (400, False, 1), (2000, False, 6)):
    p = np.clip(np.round(rng.beta(1.5, 2.5, n), digits), 0.01, 0.99)
    y = (rng.uniform(size=n) < p**2 * (3 - 2 * p)).astype(int)
    y[:2] = [0, 1]
    w = np.round(rng.uniform(0.2, 3, n), 3) if weighted else np.ones(n)
    fitted = IsotonicRegression(out_of_bounds="clip", y_min=0, y_max=1).fit(p, y, sample_weight=w)
    grid = np.linspace(0, 1, 41)
    cases.append(
        {
            "probabilities": p.tolist(),
            "truth": y.tolist(),
            "weights": w.tolist() if weighted else None,
            "platt": platt(np.log(p / (1 - p)), y, w),
            "grid": grid.tolist(),
            "isotonic": fitted.predict(grid).tolist(),
        }
    )

made = f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"
json.dump({"made with": made, "cases": cases}, sys.stdout)
