"""Python's LightGBM beside Holdfast's boosting.

python boosting_lightgbm.py data OUTDIR ROWS       writes the houses table: arrays for both sides, Parquet and CSV
python boosting_lightgbm.py fit OUTDIR ROWS        times LGBMRegressor.fit on the first 80 % of the rows, as the arrays stand
python boosting_lightgbm.py whole FILE.parquet     pandas reads, codes categories, fits and scores: a whole process
Both use LightGBM's defaults (100 trees of 31 leaves, as many threads as there are processors); `fit` also what Holdfast needs to make the
same model anywhere, `deterministic` and row-wise histograms.
"""

import json
import os
import sys
import time

import numpy as np

TREES = dict(n_estimators=100, n_jobs=os.cpu_count(), random_state=0, verbose=-1)


def data(out, rows):
    import pandas as pd
    from houses import CATEGORIES, NUMBERS, houses

    table = houses(rows, 42)
    table.to_csv(os.path.join(out, "houses.csv"), index=False)
    table["sold_on"] = pd.to_datetime(table["sold_on"])
    table.to_parquet(os.path.join(out, "houses.parquet"))
    table["sold_days"] = (table["sold_on"] - pd.Timestamp("2015-01-01")).dt.days.astype("float64")
    table[NUMBERS].to_numpy(np.float64).T.tofile(os.path.join(out, "numbers.f64"))
    codes, levels = zip(*(pd.factorize(table[name], sort=True) for name in CATEGORIES))
    np.stack(codes).astype(np.int32).tofile(os.path.join(out, "codes.i32"))
    np.log(table["price"].to_numpy()).tofile(os.path.join(out, "target.f64"))
    with open(os.path.join(out, "facts.json"), "w") as file:
        json.dump({"numbers": NUMBERS, "categories": CATEGORIES, "levels": [len(one) for one in levels]}, file)


def fit(out, rows):
    import lightgbm

    with open(os.path.join(out, "facts.json")) as file:
        facts = json.load(file)
    numbers = np.fromfile(os.path.join(out, "numbers.f64")).reshape(len(facts["numbers"]), rows)
    codes = np.fromfile(os.path.join(out, "codes.i32"), np.int32).reshape(len(facts["categories"]), rows)
    target = np.fromfile(os.path.join(out, "target.f64"))
    x = np.ascontiguousarray(np.vstack([numbers, np.where(codes < 0, np.nan, codes)]).T)
    train = rows * 8 // 10
    categories = list(range(len(numbers), len(numbers) + len(codes)))
    model = lightgbm.LGBMRegressor(**TREES, deterministic=True, force_row_wise=True)
    start = time.perf_counter()
    model.fit(x[:train], target[:train], categorical_feature=categories)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    found = model.predict(x[train:])
    predict = time.perf_counter() - start
    rest = target[train:]
    r2 = 1 - np.sum((found - rest) ** 2) / np.sum((rest - rest.mean()) ** 2)
    print(json.dumps({"seconds": seconds, "predict": predict, "r2": r2}))


def whole(path):
    import lightgbm
    import pandas as pd
    from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

    table = pd.read_parquet(path)
    table["sold_on"] = (table["sold_on"] - pd.Timestamp("1970-01-01")).dt.days.astype("float64")
    for name in ["condition", "district", "zipcode"]:
        table[name] = table[name].astype("category")
    order = np.random.default_rng(0).permutation(len(table))
    cut = len(table) * 8 // 10
    x, y = table.drop(columns="price"), table["price"]
    model = lightgbm.LGBMRegressor(**TREES).fit(x.iloc[order[:cut]], y.iloc[order[:cut]])
    for part in [order[:cut], order[cut:]]:
        found = model.predict(x.iloc[part])
        print(r2_score(y.iloc[part], found), mean_absolute_error(y.iloc[part], found), mean_squared_error(y.iloc[part], found))
    model.booster_.save_model(path + ".model.txt")


if __name__ == "__main__":
    what, where = sys.argv[1:3]
    {"data": lambda: data(where, int(sys.argv[3])), "fit": lambda: fit(where, int(sys.argv[3])), "whole": lambda: whole(where)}[what]()
