# Left joins by pandas, for join.test.ts. Run: python pandas.fixture.py > pandas.fixture.json
import json
import numpy as np
import pandas as pd

random = np.random.default_rng(11)
here = pd.DataFrame(
    {
        "city": random.choice(["a", "b", "c", "d", None], 40),
        "year": random.choice([2019.0, 2020.0, 2021.0, np.nan], 40),
    }
)
cities = [city for city in ("c", "b", "a", "e")]
pairs = pd.DataFrame(
    [(city, year) for city in cities for year in (2019.0, 2020.0) if (city, year) != ("b", 2020.0)],
    columns=["town", "when"],
)
pairs["size"] = np.round(random.normal(size=len(pairs)) * 10, 3)
pairs.loc[2, "size"] = np.nan
pairs["kind"] = random.choice(["x", "y", None], len(pairs))
many = pd.DataFrame({"town": random.choice(["a", "b", "e", None], 25), "amount": np.round(random.normal(size=25), 3)})
many.loc[[3, 9], "amount"] = np.nan
many.loc[many["town"] == "e", "amount"] = np.nan
# pandas joins gaps with gaps; a key with a gap is none here.
known = lambda frame, keys: frame.dropna(subset=keys)
joined = (
    here.reset_index()
    .merge(known(pairs, ["town", "when"]), how="left", left_on=["city", "year"], right_on=["town", "when"])
    .sort_values("index")
)
by = known(many, ["town"]).groupby("town")["amount"]
statistics = {
    "mean": by.mean(),
    "sum": by.sum(min_count=1),
    "min": by.min(),
    "max": by.max(),
    "count": by.count(),
}
plain = lambda values: [None if pd.isna(value) else value for value in values]
print(
    json.dumps(
        {
            "pandas": pd.__version__,
            "numpy": np.__version__,
            "here": {name: plain(here[name]) for name in here},
            "pairs": {name: plain(pairs[name]) for name in pairs},
            "many": {name: plain(many[name]) for name in many},
            "joined": {name: plain(joined[name]) for name in ("size", "kind")},
            "unmatched": int(joined["town"].isna().sum()),
            "aggregated": {how: plain(here["city"].map(values)) for how, values in statistics.items()},
        },
        indent=1,
    )
)
