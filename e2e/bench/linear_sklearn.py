"""python linear_sklearn.py OUTDIR ROWS REPEATS: writes the raw houses table for the other side, then times scikit-learn on it.
The first 80 % of the rows train. Timed: Pipeline.fit, that is median imputing, scaling, one-hot coding and the model."""

import json
import os
import sys
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import log_loss, r2_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from houses import CATEGORIES, NUMBERS, houses


def pipeline(model):
    numbers = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    one_hot = OneHotEncoder(handle_unknown="ignore", dtype=np.float64)
    columns = [("numbers", numbers, NUMBERS), ("categories", one_hot, CATEGORIES)]
    return Pipeline([("prepare", ColumnTransformer(columns, sparse_threshold=1.0)), ("model", model)])


def timed(model, x, y, train, score, repeats):
    seconds = []
    for _ in range(repeats):
        fitted = pipeline(model)
        start = time.perf_counter()
        fitted.fit(x.iloc[:train], y[:train])
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds, "test": float(score(fitted, x.iloc[train:], y[train:]))}


def main():
    out, rows, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    table = houses(rows, 42)
    train = rows * 8 // 10
    start = pd.Timestamp("2015-01-01")
    table["sold_days"] = (pd.to_datetime(table["sold_on"]) - start).dt.days.astype("float64")
    table["condition"] = table["condition"].fillna("missing")
    log_price = np.log(table["price"].to_numpy())
    above = (log_price > np.median(log_price[:train])).astype(np.int32)
    quarter = np.digitize(log_price, np.quantile(log_price[:train], [0.25, 0.5, 0.75])).astype(np.int32)

    table[NUMBERS].to_numpy(np.float64).T.tofile(os.path.join(out, "numbers.f64"))
    codes, levels = zip(*(pd.factorize(table[name], sort=True) for name in CATEGORIES))
    np.stack(codes).astype(np.int32).tofile(os.path.join(out, "codes.i32"))
    log_price.tofile(os.path.join(out, "log_price.f64"))
    np.stack([above, quarter]).tofile(os.path.join(out, "classes.i32"))

    x = table[NUMBERS + CATEGORIES]
    loss = lambda fitted, a, b: log_loss(b, fitted.predict_proba(a))
    results = {
        "versions": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "numbers": NUMBERS,
        "categories": dict(zip(CATEGORIES, (list(map(str, one)) for one in levels))),
        "ridge": timed(Ridge(), x, log_price, train, lambda f, a, b: r2_score(b, f.predict(a)), repeats),
        "logistic": timed(LogisticRegression(max_iter=1000), x, above, train, loss, repeats),
        "multinomial": timed(LogisticRegression(max_iter=1000), x, quarter, train, loss, repeats),
    }
    with open(os.path.join(out, "sklearn.json"), "w") as file:
        json.dump(results, file)


main()
