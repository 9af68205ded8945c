"""What predict.bench.ts compares with: a scikit-learn pipeline from raw columns, as one keeps it in a file.

    python3 predict_sklearn.py fit TRAIN.csv FOLDER        fits both pipelines and keeps them; prints the versions
    python3 predict_sklearn.py file MODEL NEW.csv OUT.csv  predicts for a file, as a whole process
    python3 predict_sklearn.py row MODEL NEW.csv           predicts single rows in a warm process; prints milliseconds
"""

import json
import os
import sys
import time

import joblib
import pandas as pd

NUMBERS = ["area_m2", "lot_m2", "latitude", "dist_km", "rooms", "year_built", "floor", "sold_on"]


def read(path):
    table = pd.read_csv(path, parse_dates=["sold_on"])
    table["sold_on"] = (table["sold_on"] - pd.Timestamp("1970-01-01")).dt.days
    return table


def fit(path, folder):
    import sklearn
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    table = read(path)
    for name, target, model in (
        ("price", "price", Ridge()),
        ("condition", "condition", LogisticRegression(max_iter=200)),
    ):
        rows = table.dropna(subset=[target])
        texts = [column for column in ("condition", "district", "zipcode") if column != target]
        numbers = NUMBERS + [column for column in ("price",) if column != target]
        fill = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
        levels = Pipeline(
            [("fill", SimpleImputer(strategy="most_frequent")), ("one_hot", OneHotEncoder(handle_unknown="ignore"))]
        )
        prepare = ColumnTransformer([("numbers", fill, numbers), ("texts", levels, texts)])
        pipeline = Pipeline([("prepare", prepare), ("model", model)]).fit(rows[numbers + texts], rows[target])
        joblib.dump((pipeline, numbers + texts), os.path.join(folder, f"{name}.joblib"))
    print(sklearn.__version__)


def predict(path, source, out):
    pipeline, columns = joblib.load(path)
    table = read(source)
    result = {"prediction": pipeline.predict(table[columns])}
    if hasattr(pipeline, "predict_proba"):
        shares = pipeline.predict_proba(table[columns])
        result |= {f"probability_{label}": shares[:, i] for i, label in enumerate(pipeline.classes_)}
    pd.DataFrame(result).to_csv(out, index=False)


def rows(path, source):
    pipeline, columns = joblib.load(path)
    table = read(source)[columns]
    seconds = []
    for i in range(300):
        row = pd.DataFrame([table.iloc[i].to_dict()])
        start = time.perf_counter()
        pipeline.predict(row)
        seconds.append(time.perf_counter() - start)
    print(json.dumps(sorted(seconds[100:])[100]))


verb, *rest = sys.argv[1:]
{"fit": fit, "file": predict, "row": rows}[verb](*rest)
