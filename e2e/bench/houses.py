"""A table of house sales with known structure, made from a seed: four measures, three counts, three categories (5, 50, 500 levels)
and a date; about 2 % missing in two measures and one category. Used by the benchmarks only."""

import numpy as np
import pandas as pd

CONDITIONS = np.array(["poor", "fair", "good", "very good", "excellent"])


def houses(rows, seed):
    r = np.random.default_rng(seed)
    area = np.round(np.exp(r.normal(4.6, 0.45, rows)), 2)
    lot = np.round(np.exp(r.normal(6.2, 0.8, rows)), 2)
    latitude = np.round(r.normal(52.0, 1.5, rows), 6)
    distance = np.round(r.gamma(2.0, 4.0, rows), 3)
    rooms = np.clip(np.round(area / 25 + r.normal(0, 1, rows)), 1, 15).astype(np.int64)
    year = np.clip(np.round(r.normal(1975, 28, rows)), 1850, 2025).astype(np.int64)
    floor = r.integers(0, 12, rows)
    condition = r.choice(5, rows, p=[0.08, 0.22, 0.40, 0.22, 0.08])
    district = r.zipf(1.4, rows) % 50
    postcode = r.integers(0, 500, rows)
    fixed = np.random.default_rng(7)
    by_district, by_postcode = fixed.normal(0, 0.15, 50), fixed.normal(0, 0.10, 500)
    days = r.integers(0, 3650, rows)
    log_price = (
        8.0
        + 0.85 * np.log(area)
        + 0.08 * np.log(lot)
        - 0.018 * distance
        + 0.02 * rooms
        + 0.0018 * (year - 1975)
        + 0.12 * (condition - 2)
        + by_district[district]
        + by_postcode[postcode]
        + 0.35 * days / 3650
        + 0.05 * np.sin(latitude * 3)
        + 0.15 * ((area > 120) & (distance < 5))
        + 0.004 * floor
        + r.normal(0, 0.12, rows)
    )
    area, distance = area.copy(), distance.copy()
    area[r.random(rows) < 0.02] = np.nan
    distance[r.random(rows) < 0.02] = np.nan
    conditions = CONDITIONS[condition].astype(object)
    conditions[r.random(rows) < 0.02] = None
    return pd.DataFrame(
        {
            "area_m2": area,
            "lot_m2": lot,
            "latitude": latitude,
            "dist_km": distance,
            "rooms": rooms,
            "year_built": year,
            "floor": floor,
            "condition": conditions,
            "district": [f"district_{i:02d}" for i in district],
            "zipcode": [f"zip_{10000 + i * 37}" for i in postcode],
            "sold_on": (np.datetime64("2015-01-01") + days.astype("timedelta64[D]")).astype(str),
            "price": np.round(np.exp(log_price), 2),
        }
    )


NUMBERS = ["area_m2", "lot_m2", "latitude", "dist_km", "rooms", "year_built", "floor", "sold_days"]
CATEGORIES = ["condition", "district", "zipcode"]


def features(table, train_rows):
    """Imputed and scaled numbers and level codes, fitted on the first `train_rows` rows."""
    table = table.copy()
    table["sold_days"] = (pd.to_datetime(table["sold_on"]) - pd.Timestamp("2015-01-01")).dt.days.astype("float64")
    train = table.iloc[:train_rows]
    numbers = table[NUMBERS].fillna(train[NUMBERS].median())
    fitted = numbers.iloc[:train_rows]
    numbers = ((numbers - fitted.mean()) / fitted.std(ddof=0)).to_numpy(np.float64)
    codes, levels = [], []
    for name in CATEGORIES:
        column = table[name].fillna("missing")
        known = sorted(column.iloc[:train_rows].unique())
        codes.append(column.map({level: i for i, level in enumerate(known)}).fillna(-1).to_numpy(np.int32))
        levels.append(len(known))
    return numbers, codes, levels
