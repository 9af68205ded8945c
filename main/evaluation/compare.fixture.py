"""Writes compare.fixture.json: tests of two models on the same rows, by scipy, and DeLong's by its definition.

    python -m venv V && V/bin/pip install scipy==1.15.3 numpy==2.2.6
    V/bin/python main/evaluation/compare.fixture.py > main/evaluation/compare.fixture.json
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(20261126)


def delong(truth, a, b):
    """The definition, every pair of a positive and a negative row looked at."""
    def components(score):
        x, y = score[truth == 1], score[truth == 0]
        pairs = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
        return pairs.mean(axis=1), pairs.mean(axis=0), pairs.mean()

    (ax, ay, aa), (bx, by, ba) = components(a), components(b)
    variance = np.var(bx - ax, ddof=1) / len(ax) + np.var(by - ay, ddof=1) / len(ay)
    return aa, ba, 2 * stats.norm.sf(abs(ba - aa) / np.sqrt(variance)), np.sqrt(variance)


numbers = []
for n, better in [(12, 0.0), (200, 0.2)]:
    actual = random.normal(0, 1, n).round(4)
    a = (actual + random.normal(0, 1, n)).round(4)
    b = (actual + random.normal(0, 1 - better, n)).round(4)
    for what, loss in [("mean_absolute_error", np.abs), ("mean_squared_error", np.square)]:
        x, y = loss(actual - a), loss(actual - b)
        found = stats.ttest_rel(y, x)
        interval = found.confidence_interval(0.95)
        numbers.append({"what": what, "actual": actual.tolist(), "a": a.tolist(), "b": b.tolist(), "difference": (y - x).mean(), "p": found.pvalue, "low": interval.low, "high": interval.high})

classes = []
for n, better, digits in [(15, 0.5, 1), (300, 0.4, 2)]:
    truth = random.integers(0, 2, n)
    a = (1 / (1 + np.exp(-(truth - 0.5 + random.normal(0, 1, n))))).round(digits).clip(0.01, 0.99)
    b = (1 / (1 + np.exp(-((1 + better) * (truth - 0.5) + random.normal(0, 1, n))))).round(digits).clip(0.01, 0.99)
    right_a, right_b = (a > 0.5) == truth, (b > 0.5) == truth
    only_a, only_b = int((right_a & ~right_b).sum()), int((right_b & ~right_a).sum())
    area_a, area_b, p, error = delong(truth, a, b)
    classes.append({
        "truth": truth.tolist(), "a": a.tolist(), "b": b.tolist(),
        "mcnemar": stats.binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0,
        "areas": [area_a, area_b], "delong": p, "error": error,
    })

json.dump({"made": f"scipy {scipy.__version__}, numpy {np.__version__}", "numbers": numbers, "classes": classes}, sys.stdout, indent=1)
print()
