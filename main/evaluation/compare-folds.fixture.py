"""Writes compare-folds.fixture.json: the corrected resampled t test of Nadeau and Bengio, as in scikit-learn's example "Statistical
comparison of models using grid search", with scipy's t distribution.

    python -m venv V && V/bin/pip install scipy==1.17.1 numpy==2.4.6
    V/bin/python main/evaluation/compare-folds.fixture.py > main/evaluation/compare-folds.fixture.json
"""

import json
import sys

import numpy as np
import scipy
from scipy.stats import t

random = np.random.default_rng(20261127)

cases = []
for k, train, rows, better in [(2, 50, 50, 0.0), (5, 80, 20, 0.02), (10, 90, 10, 0.1), (3, 7, 4, -0.05)]:
    a = random.uniform(0.6, 0.9, k).round(6)
    b = (a + random.normal(better, 0.03, k)).round(6)
    differences = b - a
    error = np.sqrt(np.var(differences, ddof=1) * (1 / k + rows / train))
    mean = differences.mean()
    low, high = t.interval(0.95, k - 1, loc=mean, scale=error)
    cases.append({"a": a.tolist(), "b": b.tolist(), "train": train, "rows": rows, "difference": mean, "low": low, "high": high, "p": 2 * t.sf(abs(mean / error), k - 1)})

json.dump({"made with": f"scipy {scipy.__version__}, numpy {np.__version__}", "cases": cases}, sys.stdout)
