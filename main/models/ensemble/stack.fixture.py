"""Writes stack.fixture.json: the final estimators of scikit-learn's stacking on random predictions. Run once with scikit-learn 1.9.1."""

import json
import sys

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge

rng = np.random.default_rng(20261125)
rows = 60


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def numbers(scale):
    truth = scale * rng.normal(size=rows)
    said = [np.round(truth * k + scale * s * rng.normal(size=rows), 6) for k, s in ((0.9, 0.5), (0.7, 0.3), (1.2, 1.0))]
    x = np.column_stack(said)
    fitted = Ridge(alpha=truth.var(), solver="cholesky").fit(x, truth)
    return {"classes": [], "truth": truth.tolist(), "said": [one.tolist() for one in said], "stacked": fitted.predict(x).tolist()}


def classes(labels):
    count = len(labels)
    truth = rng.integers(count, size=rows)
    truth[:count] = range(count)
    said = [np.round(softmax(s * np.eye(count)[truth] + rng.normal(size=(rows, count))), 6) for s in (0.5, 1.5)]
    x = np.column_stack([p[:, 1:] if count == 2 else p for p in said])
    fitted = LogisticRegression(C=1.0, solver="newton-cholesky" if count == 2 else "newton-cg", tol=1e-12, max_iter=10000).fit(x, truth)
    return {
        "classes": labels,
        "truth": truth.tolist(),
        "said": [p.ravel().tolist() for p in said],
        "stacked": fitted.predict_proba(x).ravel().tolist(),
    }


cases = [numbers(1.0), numbers(100_000.0), numbers(0.0001), classes(["no", "yes"]), classes(["a", "b", "c"])]
made = f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"
json.dump({"made with": made, "cases": cases}, sys.stdout)
