"""Writes covering.fixture.json: rule lists by trying every condition there is, in plain numpy.

Conditions: every range between the values of a number, every set of levels, missing. A rule is worth the weight of its rows times the squared
distance of their mean from that of all rows that are left.

python3 -m venv venv && venv/bin/pip install numpy==2.4.6
venv/bin/python covering.fixture.py > covering.fixture.json
"""

import itertools
import json

import numpy as np

rng = np.random.default_rng(3)
ROWS, LEAST, MOST = 240, 15, 6
size = rng.integers(0, 7, ROWS).astype(float)
age = rng.integers(0, 5, ROWS).astype(float)
kind = rng.integers(0, 5, ROWS)
signal = np.where(size > 4, 3, 0) + np.array([0, 2, -1, 4, 1])[kind] - (age - 2) ** 2 + rng.normal(size=ROWS)
size[rng.random(ROWS) < 0.15] = np.nan
signal[np.isnan(size)] += 2.5
amount = np.round(signal, 3)
three = np.digitize(signal, np.quantile(signal, [0.3, 0.7]))
weight = np.round(rng.uniform(0.5, 2, ROWS), 3)


def conditions():
    for name, column in (("size", size), ("age", age)):
        values = sorted(set(column[~np.isnan(column)]))
        for low, high in itertools.combinations_with_replacement(values, 2):
            yield (column >= low) & (column <= high)
        if np.isnan(column).any():
            yield np.isnan(column)
    for count in range(1, 5):
        for levels in itertools.combinations(range(5), count):
            yield np.isin(kind, levels)


def grow(Y):
    left = np.ones(ROWS, bool)
    rules = []
    for _ in range(MOST):
        if left.sum() < 2 * LEAST:
            break
        mean = np.average(Y[left], axis=0, weights=weight[left])
        best, found = 1e-12, None
        for holds in conditions():
            rows = holds & left
            if rows.sum() < LEAST or left.sum() - rows.sum() < LEAST:
                continue
            own = np.average(Y[rows], axis=0, weights=weight[rows])
            worth = weight[rows].sum() * ((own - mean) ** 2).sum()
            if worth > best * (1 + 1e-9):
                best, found = worth, (rows, own, holds)
        if found is None:
            break
        rows, own, holds = found
        rules.append(dict(rows=int(rows.sum()), value=own.tolist(), alone=int(holds.sum())))
        left &= ~rows
    rest = np.average(Y[left], axis=0, weights=weight[left])
    rules.append(dict(rows=int(left.sum()), value=rest.tolist(), alone=ROWS))
    return rules


print(
    json.dumps(
        dict(
            tool=f"numpy {np.__version__}",
            size=[None if np.isnan(value) else value for value in size],
            age=age.tolist(),
            kind=kind.tolist(),
            amount=amount.tolist(),
            two=(three > 0).astype(int).tolist(),
            weight=weight.tolist(),
            params=dict(min_samples_leaf=LEAST, max_rules=MOST),
            regression=grow(amount[:, None]),
            classes=grow(np.eye(2)[(three > 0).astype(int)]),
        )
    )
)
