"""Writes costs.fixture.json: decisions of least expected cost, by numpy and scipy.

    python -m venv V && V/bin/pip install scipy==1.17.1 numpy==2.4.6
    V/bin/python main/evaluation/costs.fixture.py > main/evaluation/costs.fixture.json
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(20261128)

cases = []
for classes, rows in [(2, 40), (3, 60), (5, 80)]:
    probabilities = random.dirichlet(np.ones(classes), rows).round(5)
    truth = np.array([random.choice(classes, p=p / p.sum()) for p in probabilities])
    costs = random.integers(0, 20, (classes, classes)).astype(float)
    np.fill_diagonal(costs, 0)
    costs[0, 0] = -3
    expected = probabilities @ costs
    decided = expected.argmin(axis=1)
    usual, cheapest = costs[truth, probabilities.argmax(axis=1)], costs[truth, decided]
    always = costs[truth].mean(axis=0)
    interval = stats.ttest_rel(usual, cheapest).confidence_interval(0.95)
    cases.append({"probabilities": probabilities.ravel().tolist(), "truth": truth.tolist(), "costs": costs.tolist(), "decided": decided.tolist(), "usual": usual.mean(), "cheapest": cheapest.mean(), "expected": expected.min(axis=1).mean(), "always": [int(always.argmin()), always.min()], "low": interval.low, "high": interval.high})

json.dump({"made with": f"numpy {np.__version__}, scipy {scipy.__version__}", "cases": cases}, sys.stdout)
