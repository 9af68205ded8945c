"""Writes folds.fixture.json: cross-validation forward in time by scikit-learn's TimeSeriesSplit, the same pipeline as `family: linear`.

    python -m venv V && V/bin/pip install scikit-learn==1.9.1 pandas==3.0.0
    V/bin/python main/training/folds.fixture.py > main/training/folds.fixture.json

5,698 rows make seven blocks of 814, so that six folds are the same rows in both.
"""

import json
import sys

import numpy as np
import pandas
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.model_selection import TimeSeriesSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

table = pandas.read_csv("resources/samples/chicago-ridership.csv")
table["date"] = (pandas.to_datetime(table["date"]) - pandas.Timestamp("1970-01-01")).dt.days
table = table.sort_values("date", kind="stable").reset_index(drop=True)
target = table.pop("ridership").to_numpy()

folds = []
for train, judged in TimeSeriesSplit(n_splits=6).split(table):
    usable = [c for c in table if table[c].nunique(dropna=True) > 1]
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), Ridge(alpha=1.0))
    model.fit(table[usable].iloc[train], target[train])
    said = model.predict(table[usable].iloc[judged])
    truth = target[judged]
    folds.append(
        {
            "train": len(train),
            "rows": len(judged),
            "metrics": {
                "r2": r2_score(truth, said),
                "mean_absolute_error": mean_absolute_error(truth, said),
                "root_mean_squared_error": root_mean_squared_error(truth, said),
            },
        }
    )
names = folds[0]["metrics"].keys()
values = {name: [fold["metrics"][name] for fold in folds] for name in names}
json.dump(
    {
        "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "folds": folds,
        "mean": {name: float(np.mean(v)) for name, v in values.items()},
        "deviation": {name: float(np.std(v, ddof=1)) for name, v in values.items()},
    },
    sys.stdout,
    indent=2,
)
print()
