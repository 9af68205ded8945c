"""python steps_sklearn.py OUTDIR ROWS REPEATS: writes a table of skewed numbers and a text column for the other side, then times what
scikit-learn's transformers take to learn from it and to transform it (fit_transform)."""

import json
import os
import sys
import time

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.preprocessing import KBinsDiscretizer, PolynomialFeatures, PowerTransformer, TargetEncoder

NUMBERS = 8
LEVELS = 2000


def timed(make, *data, repeats):
    seconds = []
    for _ in range(repeats):
        step = make()
        start = time.perf_counter()
        made = step.fit_transform(*data)
        seconds.append(time.perf_counter() - start)
    made = made.toarray() if hasattr(made, "toarray") else made
    return {"seconds": seconds, "means": np.abs(made).mean(axis=0).tolist()}


def main():
    out, rows, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random = np.random.default_rng(42)
    x = np.exp(random.normal(0, 0.7, (rows, NUMBERS))) @ (np.eye(NUMBERS) + 0.2)
    codes = (LEVELS * random.random(rows) ** 2).astype(np.int32)
    y = codes % 97 + x[:, 0] * 5 + random.normal(0, 10, rows)
    x.T.tofile(os.path.join(out, "numbers.f64"))
    codes.tofile(os.path.join(out, "codes.i32"))
    y.tofile(os.path.join(out, "target.f64"))
    words = np.array([f"level {code}" for code in range(LEVELS)], dtype=object)[codes].reshape(-1, 1)
    quantile = {"strategy": "quantile", "quantile_method": "linear", "subsample": None}
    results = {
        "versions": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "power": timed(PowerTransformer, x, repeats=repeats),
        "bin": timed(lambda: KBinsDiscretizer(10, encode="ordinal", **quantile), x, repeats=repeats),
        "target-encode": timed(TargetEncoder, words, y, repeats=repeats),
        "pca": timed(lambda: PCA(4), x, repeats=repeats),
        "polynomial": timed(lambda: PolynomialFeatures(2, include_bias=False), x, repeats=repeats),
    }
    with open(os.path.join(out, "sklearn.json"), "w", encoding="utf-8") as file:
        json.dump(results, file)


main()
