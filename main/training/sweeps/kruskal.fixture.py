"""Kruskal-Wallis H of scipy for grouped scores: python kruskal.fixture.py > kruskal.fixture.json"""
import json
import sys

import numpy as np
import scipy
from scipy.stats import kruskal

random = np.random.default_rng(7)
cases = []
for groups, n, effect, digits in [(2, 20, 0, 6), (4, 40, 0.8, 6), (3, 30, 0.5, 0), (4, 12, 3, 6)]:
    group = random.integers(0, groups, n)
    score = np.round(random.normal(size=n) + effect * group, digits)
    h = kruskal(*[score[group == g] for g in range(groups) if (group == g).any()]).statistic
    cases.append({"groups": group.tolist(), "scores": score.tolist(), "h": h})
json.dump({"scipy": scipy.__version__, "cases": cases}, sys.stdout)
