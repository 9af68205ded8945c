"""Writes sklearn.fixture.json: a small table, and what scikit-learn's neighbours make of it.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
venv/bin/python sklearn.fixture.py > sklearn.fixture.json
"""

import json

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

rng = np.random.default_rng(5)
ROWS, ASKED, LEVELS = 150, 25, 4
numbers = np.round(rng.normal(size=(ROWS + ASKED, 3)), 3)
kind = rng.integers(-1, LEVELS, ROWS + ASKED)
features = np.hstack([numbers, (kind[:, None] == np.arange(LEVELS)).astype(float)])
amount = np.round(numbers[:, 0] * 3 + kind + rng.normal(size=ROWS + ASKED), 3)
three = np.digitize(amount, [0, 2])
cases = {}
for metric in ["euclidean", "manhattan"]:
    for weights in ["uniform", "distance"]:
        options = dict(n_neighbors=7, metric=metric, weights=weights, algorithm="brute")
        amounts = KNeighborsRegressor(**options).fit(features[:ROWS], amount[:ROWS])
        classes = KNeighborsClassifier(**options).fit(features[:ROWS], three[:ROWS])
        cases[f"{metric}, {weights}"] = {
            "amounts": amounts.predict(features[ROWS:]).tolist(),
            "shares": classes.predict_proba(features[ROWS:]).ravel().tolist(),
        }
print(json.dumps({
    "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "rows": ROWS, "levels": LEVELS, "numbers": numbers.T.tolist(), "kind": kind.tolist(),
    "amount": amount.tolist(), "three": three.tolist(), "cases": cases,
}))
