"""Writes sklearn.fixture.json: a table with planted rows, scikit-learn's forest over it, and the scores it gives.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
venv/bin/python sklearn.fixture.py > sklearn.fixture.json
"""

import json

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(5)
ROWS, PLANTED = 500, 15
table = rng.normal(size=(ROWS, 4))
table[:, 1] = table[:, 0] * 0.8 + 0.3 * table[:, 1]
table[:, 2] = rng.exponential(size=ROWS)
planted = rng.choice(ROWS, PLANTED, replace=False)
table[planted] += rng.choice([-1, 1], size=(PLANTED, 4)) * rng.uniform(2.5, 5, size=(PLANTED, 4))
# scikit-learn keeps values in single precision; multiples of 1/64 are the same in both.
table = np.round(table * 64) / 64

small = IsolationForest(n_estimators=8, max_samples=128, random_state=1).fit(table)
trees = [
    dict(
        feature=tree.tree_.feature.tolist(),
        threshold=tree.tree_.threshold.tolist(),
        left=tree.tree_.children_left.tolist(),
        right=tree.tree_.children_right.tolist(),
        rows=tree.tree_.n_node_samples.tolist(),
    )
    for tree in small.estimators_
]
large = IsolationForest(n_estimators=1000, max_samples=256, random_state=2).fit(table)
mark = np.isin(np.arange(ROWS), planted)
print(
    json.dumps(
        dict(
            tool=f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
            columns=table.T.tolist(),
            planted=sorted(planted.tolist()),
            trees=trees,
            treeScores=(-small.score_samples(table)).tolist(),
            scores=(-large.score_samples(table)).tolist(),
            auc=roc_auc_score(mark, -large.score_samples(table)),
        )
    )
)
