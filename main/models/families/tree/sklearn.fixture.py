"""Writes sklearn.fixture.json: a small table, and what scikit-learn's trees make of it.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
venv/bin/python sklearn.fixture.py > sklearn.fixture.json
"""

import json

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(11)
ROWS = 160
# Multiples of 1/8: scikit-learn keeps features in single precision.
table = np.round(rng.normal(size=(ROWS, 4)) * 40) / 8
signal = table[:, 0] + np.where(table[:, 1] > 1, 3, 0) - table[:, 2] ** 2 / 10 + rng.normal(size=ROWS)
gaps = table.copy()
gaps[rng.random((ROWS, 4)) < 0.12] = np.nan
amount = np.round(signal, 4)
three = np.digitize(signal, np.quantile(signal, [0.3, 0.7]))
# Weights, too, keep two splits of classes from being equally good: which of them is taken would be chance.
weight = np.round(rng.uniform(0.25, 4, ROWS), 4)

LIMITS = dict(min_samples_leaf=3, min_samples_split=7, random_state=0)
# Large leaves, so that no two splits are equally good by being pure.
NOISY = dict(min_samples_leaf=12, min_samples_split=24, max_depth=4, random_state=0)
CASES = {
    "regression": (DecisionTreeRegressor(**LIMITS, max_depth=5), table, amount, None),
    "regression, gaps": (DecisionTreeRegressor(**LIMITS), gaps, amount, None),
    "regression, weights": (DecisionTreeRegressor(**LIMITS), table, amount, weight),
    "regression, pruned": (DecisionTreeRegressor(**LIMITS, ccp_alpha=0.1), table, amount, None),
    "gini": (DecisionTreeClassifier(**NOISY), table, three, weight),
    "gini, pruned": (DecisionTreeClassifier(**NOISY, ccp_alpha=0.01), table, three, weight),
    "entropy": (DecisionTreeClassifier(**NOISY, criterion="entropy"), table, three, weight),
    "balanced": (DecisionTreeClassifier(**NOISY, class_weight="balanced"), table, three, weight),
    "two classes": (DecisionTreeClassifier(**NOISY), table, (three > 0).astype(int), weight),
}

cases = {}
for name, (model, X, y, w) in CASES.items():
    path = type(model)(**{**model.get_params(), "ccp_alpha": 0.0}).cost_complexity_pruning_path(X, y, sample_weight=w)
    model.fit(X, y, sample_weight=w)
    found = model.predict(X) if name.startswith("regression") else model.predict_proba(X)
    cases[name] = {
        "predictions": np.ravel(found).tolist(),
        "leaves": int(model.get_n_leaves()),
        "alphas": path.ccp_alphas.tolist(),
        "losses": path.impurities.tolist(),
    }


def lists(values):
    return [None if np.isnan(value) else float(value) for value in values]


print(json.dumps({
    "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "table": [lists(column) for column in table.T],
    "gaps": [lists(column) for column in gaps.T],
    "amount": amount.tolist(), "three": three.tolist(), "weight": weight.tolist(),
    "cases": cases,
}))
