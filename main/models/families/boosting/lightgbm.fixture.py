"""Writes lightgbm.fixture.json: a small table, and what Python's LightGBM makes of it under many settings.

python3 -m venv venv && venv/bin/pip install lightgbm==4.7.0 numpy==2.4.6 scipy scikit-learn==1.9.1
venv/bin/python lightgbm.fixture.py > lightgbm.fixture.json
"""

import json

import lightgbm as lgb
import numpy as np

rng = np.random.default_rng(7)
ROWS, SHOWN = 240, 40
numbers = np.round(rng.normal(size=(ROWS, 3)) * [1, 10, 0.1], 3)
kind = rng.integers(-1, 12, ROWS)
signal = 2 * numbers[:, 0] + numbers[:, 1] / 10 + ((kind * 7) % 5) / 2 + rng.normal(size=ROWS) / 2
numbers[rng.random(ROWS) < 0.1, 0] = np.nan
numbers[rng.random(ROWS) < 0.1, 1] = np.nan
amount = np.round(np.exp(signal / 4) * 10, 3)
often_zero = np.where(signal > 0, amount, 0)
count = np.floor(amount / 5)
three = np.digitize(signal, np.quantile(signal, [0.4, 0.7]))
weight = np.round(rng.uniform(0.5, 3, ROWS), 2)
# A row that training never saw: a missing number where there was none, an unseen level.
table = np.column_stack([numbers, kind]).astype(float)
asked = np.vstack([table[: SHOWN - 2], [[np.nan, np.nan, np.nan, -1], [0.5, 3, np.nan, 11]]])

COMMON = dict(deterministic=True, force_row_wise=True, num_threads=1, seed=3, verbosity=-1, min_data_per_group=10, cat_smooth=2)
CASES = {
    "regression": (dict(objective="regression"), amount, None),
    "depth and penalties": (dict(objective="regression", max_depth=3, lambda_l1=0.5, lambda_l2=2, min_gain_to_split=1, min_data_in_leaf=7), amount, None),
    "weights": (dict(objective="regression"), amount, weight),
    "monotone": (dict(objective="regression", monotone_constraints=[1, 0, -1, 0]), amount, None),
    "draws": (dict(objective="regression", bagging_fraction=0.6, bagging_freq=1, feature_fraction=0.7), amount, None),
    "regression_l1": (dict(objective="regression_l1"), amount, None),
    "huber": (dict(objective="huber", alpha=0.9), amount, None),
    "quantile": (dict(objective="quantile", alpha=0.2), amount, None),
    "poisson": (dict(objective="poisson"), count, None),
    "gamma": (dict(objective="gamma"), amount, None),
    "tweedie": (dict(objective="tweedie", tweedie_variance_power=1.3), often_zero, None),
    "binary": (dict(objective="binary"), (three > 0).astype(int), None),
    "multiclass": (dict(objective="multiclass", num_class=3), three, None),
}

cases = {}
for name, (params, label, weights) in CASES.items():
    params = {**COMMON, "alpha": 0.9, "tweedie_variance_power": 1.5, **params}
    data = lgb.Dataset(table, label, weight=weights, categorical_feature=[3], params=params)
    model = lgb.train(params, data, num_boost_round=25)
    cases[name] = {
        "predictions": model.predict(asked).ravel().tolist(),
        "contributions": model.predict(asked[:6], pred_contrib=True).ravel().tolist(),
    }


def lists(values):
    return [None if np.isnan(value) else float(value) for value in values]


print(json.dumps({
    "tool": f"lightgbm {lgb.__version__}, numpy {np.__version__}",
    "numbers": [lists(column) for column in numbers.T],
    "kind": kind.tolist(),
    "asked": {"numbers": [lists(column) for column in asked[:, :3].T], "kind": asked[:, 3].astype(int).tolist()},
    "amount": amount.tolist(), "count": count.tolist(), "often_zero": often_zero.tolist(), "three": three.tolist(), "weight": weight.tolist(),
    "cases": cases,
}))
