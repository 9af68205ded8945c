"""Writes sklearn.fixture.json: a small table with gaps, and the card that other code makes of it.

Bins by trying every way to join the values (numpy alone), coefficients by scikit-learn's LogisticRegression over the weights of evidence.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
venv/bin/python sklearn.fixture.py > sklearn.fixture.json
"""

import itertools
import json

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(7)
ROWS = 400
income = rng.integers(0, 11, ROWS).astype(float)
age = rng.integers(20, 30, ROWS).astype(float)
home = rng.integers(0, 6, ROWS)
signal = 0.25 * income - 0.08 * (age - 25) ** 2 + np.array([0, 1.2, -0.8, 0.3, 0.9, -1])[home]
good = (signal + rng.logistic(size=ROWS) > 1).astype(int)
income[rng.random(ROWS) < 0.15] = np.nan
weight = np.round(rng.uniform(0.5, 2, ROWS), 3)

MOST, SHARE, C, BASE, ODDS, PDO = 4, 0.08, 2.0, 500, 20, 40


def evidence(up, down, w):
    g, b = w[up].sum(), w[down].sum()
    more = 0.5 if g == 0 or b == 0 else 0
    p, q = (g + more) / w[good == 1].sum(), (b + more) / w[good == 0].sum()
    return np.log(p / q), (p - q) * np.log(p / q)


def best(column, values, way, w):
    """Every choice of cuts between `values`, in their order."""
    found = None
    place = {value: i for i, value in enumerate(values)}
    at = np.array([place.get(value, -1) for value in column])
    for count in range(MOST):
        for cuts in itertools.combinations(range(1, len(values)), count):
            bins = np.searchsorted(cuts, at, side="right")
            parts = []
            for b in range(count + 1):
                inside = (bins == b) & (at >= 0)
                if w[inside].sum() < SHARE * w.sum() * (1 - 1e-9):
                    break
                parts.append(evidence(inside & (good == 1), inside & (good == 0), w))
            if len(parts) <= count:
                continue
            steps = np.diff([woe for woe, _ in parts])
            if way == "monotone" and not (np.all(steps >= 0) or np.all(steps <= 0)):
                continue
            total = sum(iv for _, iv in parts)
            if found is None or total > found["iv"] + 1e-12:
                found = dict(iv=total, cuts=list(cuts), woe=[woe for woe, _ in parts])
    row_woe = np.zeros(ROWS)
    bins = np.searchsorted(found["cuts"], at, side="right")
    row_woe = np.where(at >= 0, np.array(found["woe"])[bins], 0.0)
    missing = at < 0
    if missing.any() and w[missing].sum() >= SHARE * w.sum():
        woe, iv = evidence(missing & (good == 1), missing & (good == 0), w)
        row_woe[missing] = woe
        found["missing"] = woe
        found["iv"] += iv
    return found, row_woe


cases = []
for way, weighted in itertools.product(["monotone", "free"], [False, True]):
    w = weight / weight.mean() if weighted else np.ones(ROWS)
    rate = [w[(home == level) & (good == 1)].sum() / w[home == level].sum() for level in range(6)]
    order = sorted(range(6), key=lambda level: rate[level])
    parts = [
        best(np.nan_to_num(income, nan=-1), list(range(11)), way, w),
        best(age, list(range(20, 30)), way, w),
        best(home, order, "free", w),
    ]
    X = np.column_stack([column for _, column in parts])
    model = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-14).fit(X, good, sample_weight=w)
    factor = PDO / np.log(2)
    score = BASE - factor * np.log(ODDS) + factor * model.decision_function(X)
    cases.append(
        dict(
            trend=way,
            weighted=weighted,
            iv=[part["iv"] for part, _ in parts],
            woe=[part["woe"] for part, _ in parts],
            missing=parts[0][0]["missing"],
            coefficients=model.coef_[0].tolist(),
            scores=score[:40].tolist(),
            probabilities=model.predict_proba(X)[:40, 1].tolist(),
        )
    )

print(
    json.dumps(
        dict(
            tool=f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
            income=[None if np.isnan(value) else value for value in income],
            age=age.tolist(),
            home=home.tolist(),
            good=good.tolist(),
            weight=weight.tolist(),
            params=dict(max_bins=MOST, min_bin_share=SHARE, C=C, base_score=BASE, base_odds=ODDS, pdo=PDO),
            cases=cases,
        )
    )
)
