# Lags and rolling windows by pandas, for lags.test.ts. Run: python pandas.fixture.py > pandas.fixture.json
import json
import numpy as np
import pandas as pd

random = np.random.default_rng(5)
rows = 60
frame = pd.DataFrame(
    {
        "time": random.permutation(rows) * 1.5,
        "group": random.choice(["a", "b", "c"], rows),
        "value": np.round(random.normal(size=rows) * 10, 3),
    }
)
frame.loc[[7, 31], "value"] = np.nan
horizon = 2
ordered = frame.sort_values(["group", "time"])
by = ordered.groupby("group")["value"]
made = {f"value_lag_{n}": by.shift(n) for n in (2, 5)}
for window in (1, 4):
    for name, how in (("mean", "mean"), ("min", "min"), ("max", "max"), ("sum", "sum"), ("deviation", "std")):
        made[f"value_{name}_{window}"] = by.transform(
            lambda one, how=how, window=window: getattr(one.shift(horizon).rolling(window), how)()
        )
plain = lambda values: [None if pd.isna(value) else value for value in values]
print(
    json.dumps(
        {
            "pandas": pd.__version__,
            "numpy": np.__version__,
            "time": frame["time"].tolist(),
            "group": frame["group"].tolist(),
            "value": plain(frame["value"]),
            "made": {name: plain(column.reindex(frame.index)) for name, column in made.items()},
        },
        indent=1,
    )
)
