"""Reference values for the column steps, written to column-steps.fixture.json beside this file.

python -m pip install scikit-learn==1.7.2 numpy==2.4.6; python column-steps.fixture.py
"""

import datetime
import json
import math
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import VarianceThreshold
from sklearn.metrics import mutual_info_score
from sklearn.preprocessing import (
    KBinsDiscretizer,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    TargetEncoder,
)

warnings.filterwarnings("ignore")
random = np.random.default_rng(3)


def columns(matrix):
    return [[float(value) for value in column] for column in np.asarray(matrix, float).T]


def table(rows):
    skewed = np.exp(random.normal(1, 0.8, rows))
    both = random.normal(0, 3, rows) ** 3 / 9
    tied = random.integers(0, 6, rows).astype(float)
    line = skewed * 0.7 + random.normal(0, 0.3, rows)
    return np.round(np.column_stack([skewed, both, tied, line]), 4)


train, test = table(50), table(12)
# Nothing beyond the training range: there bins are compared in their middle.
result = {
    "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "names": ["skewed", "both", "tied", "line"],
    "train": columns(train),
    "test": columns(test),
}

result["power"] = {
    "yeo-johnson": columns(PowerTransformer("yeo-johnson").fit(train).transform(test)),
    "yeo-johnson plain": columns(
        PowerTransformer("yeo-johnson", standardize=False).fit(train).transform(test)
    ),
    "box-cox": columns(PowerTransformer("box-cox").fit(train[:, :1]).transform(test[:, :1])),
    "lambdas": PowerTransformer("yeo-johnson").fit(train).lambdas_.tolist(),
    "boxCoxLambda": PowerTransformer("box-cox").fit(train[:, :1]).lambdas_.tolist(),
}



def quantile_bins(bins, fitted, asked):
    """Bins by numpy's quantiles; those of scikit-learn wherever the highest value is not tied."""
    made = []
    for at in range(fitted.shape[1]):
        column = fitted[:, at]
        inner = np.unique(np.percentile(column, np.linspace(0, 100, bins + 1)[:-1]))
        inner = inner[inner > column.min()]
        found = np.searchsorted(inner, asked[:, at], side="right").astype(float)
        if np.sum(column == column.max()) == 1:
            peer = KBinsDiscretizer(bins, encode="ordinal", strategy="quantile", quantile_method="linear")
            theirs = peer.fit(column.reshape(-1, 1)).transform(asked[:, at : at + 1])[:, 0]
            assert (theirs == found).all()
        made.append(found)
    return np.column_stack(made)


result["bin"] = [
    {
        "method": "equal-width",
        "bins": bins,
        "values": columns(
            KBinsDiscretizer(bins, encode="ordinal", strategy="uniform").fit(train).transform(test)
        ),
    }
    for bins in [3, 5, 8]
] + [
    {"method": "quantile", "bins": bins, "values": columns(quantile_bins(bins, train, test))}
    for bins in [3, 5, 8]
]

result["pca"] = [
    {
        "params": params,
        "values": columns(
            PCA(
                params.get("components") or params.get("variance"),
                whiten=params.get("whiten", False),
                svd_solver="full",
            )
            .fit(train)
            .transform(test)
        ),
    }
    for params in [
        {"components": 3},
        {"components": 4, "whiten": True},
        {"variance": 0.9},
        {"variance": 0.999},
    ]
]
result["pcaShares"] = PCA().fit(train).explained_variance_ratio_.tolist()

result["polynomial"] = [
    {
        "params": params,
        "values": columns(
            PolynomialFeatures(
                params["degree"], include_bias=False, interaction_only=params.get("interactions", False)
            ).fit_transform(test)
        ),
    }
    for params in [{"degree": 2}, {"degree": 3}, {"degree": 2, "interactions": True}]
]

words = ["red", "green", "blue", "gray", "teal"]
word = random.choice(words, 50, p=[0.4, 0.3, 0.15, 0.1, 0.05])
effect = {name: 10 * i for i, name in enumerate(words)}
amount = np.round([effect[one] + random.normal(0, 6) for one in word], 3)
binary = (amount > np.median(amount)).astype(int)
multi = np.digitize(amount, np.quantile(amount, [0.3, 0.7]))
asked = np.array(["red", "teal", "blue", "never seen", "gray", "green"])
result["words"] = {
    "train": word.tolist(),
    "test": asked.tolist(),
    "amount": amount.tolist(),
    "binary": [["no", "yes"][value] for value in binary],
    "multi": [["a", "b", "c"][value] for value in multi],
}
result["target"] = [
    {
        "target": name,
        "smooth": smooth,
        "values": columns(
            TargetEncoder(target_type=kind, smooth=smooth)
            .fit(word.reshape(-1, 1), target)
            .transform(asked.reshape(-1, 1))
        ),
    }
    for name, kind, target in [
        ("amount", "continuous", amount),
        ("binary", "binary", binary),
        ("multi", "multiclass", multi),
    ]
    for smooth in ["auto", 5.0, 0.0]
]
result["ordinal"] = [
    {
        "order": order,
        "values": columns(
            OrdinalEncoder(
                categories=[order] if order else "auto", handle_unknown="use_encoded_value", unknown_value=-1
            )
            .fit(word.reshape(-1, 1))
            .transform(asked.reshape(-1, 1))
        ),
    }
    for order in [[], ["teal", "red", "green", "gray", "blue"]]
]

result["variance"] = {
    "values": np.var(train, axis=0).tolist(),
    "kept": VarianceThreshold(5).fit(train).get_support().tolist(),
}
cut = quantile_bins(10, train, train)
amounts = quantile_bins(10, amount.reshape(-1, 1), amount.reshape(-1, 1))[:, 0]
flag = (train[:, 0] > 4).astype(float).reshape(-1, 1)
result["information"] = {
    "classes": [
        mutual_info_score(multi, cut[:, column]) for column in range(train.shape[1])
    ],
    "amounts": [
        mutual_info_score(amounts, cut[:, column])
        for column in range(train.shape[1])
    ],
    "words": mutual_info_score(multi, word),
    "flag": mutual_info_score(multi, flag[:, 0]),
    "flags": flag[:, 0].tolist(),
}

texts = [
    "The quick brown fox",
    "the lazy dog, the QUICK dog!",
    "Über das Café: naïve 2nd try",
    "fox_trot and a dog",
    "a b c",
    "",
    "日本語 テスト dog dog dog",
]
asked = ["a quick dog and fox", "nothing known here", "", "Café dog the the the"]
vectors = [
    {"features": 64, "min_rows": 1},
    {"features": 64, "min_rows": 2, "sublinear": True},
    {"features": 64, "min_rows": 1, "ngrams": 2, "norm": "none"},
    {"features": 64, "min_rows": 1, "lowercase": False, "stop_words": ["dog", "the"]},
]
result["texts"] = {"train": texts, "test": asked}
result["tfIdf"] = []
for params in vectors:
    vectorizer = TfidfVectorizer(
        max_features=params["features"],
        min_df=params["min_rows"],
        sublinear_tf=params.get("sublinear", False),
        ngram_range=(1, params.get("ngrams", 1)),
        norm=None if params.get("norm") == "none" else "l2",
        lowercase=params.get("lowercase", True),
        stop_words=params.get("stop_words"),
    ).fit(texts)
    result["tfIdf"].append(
        {
            "params": params,
            "words": vectorizer.get_feature_names_out().tolist(),
            "values": columns(vectorizer.transform(asked).toarray()),
        }
    )
result["hash"] = [
    {
        "params": params,
        "values": columns(
            HashingVectorizer(
                n_features=params["features"],
                ngram_range=(1, params.get("ngrams", 1)),
                norm=None if params.get("norm") == "none" else "l2",
                lowercase=params.get("lowercase", True),
            )
            .transform(texts)
            .toarray()
        ),
    }
    for params in [
        {"features": 16},
        {"features": 7, "ngrams": 2, "norm": "none"},
        {"features": 16, "lowercase": False},
    ]
]

moments = [
    datetime.datetime(1970, 1, 1),
    datetime.datetime(1969, 12, 31, 23, 59, 59),
    datetime.datetime(2000, 2, 29, 13),
    datetime.datetime(1900, 3, 1, 0, 30),
    datetime.datetime(2024, 12, 31, 7, 0, 0, 1000),
    datetime.datetime(2023, 12, 31, 18),
    datetime.datetime(2100, 2, 28, 6),
    datetime.datetime(1752, 9, 14, 1),
    datetime.datetime(2026, 10, 1, 5, 59, 59, 999000),
] + [
    datetime.datetime(1995, 1, 1) + datetime.timedelta(days=int(day), hours=int(hour))
    for day, hour in zip(random.integers(0, 15000, 30), random.integers(0, 24, 30))
]
epoch = datetime.datetime(1970, 1, 1)
hours = [one.hour + one.minute / 60 + one.second / 3600 + one.microsecond / 3.6e9 for one in moments]
dayOfYear = [one.timetuple().tm_yday for one in moments]
turns = {
    "month": [(one.month - 1) / 12 for one in moments],
    "day": [(one.day - 1) / 31 for one in moments],
    "weekday": [one.weekday() / 7 for one in moments],
    "hour": [hour / 24 for hour in hours],
    "day-of-year": [(day - 1) / 366 for day in dayOfYear],
}
result["calendar"] = {
    "days": [(one - epoch) / datetime.timedelta(days=1) for one in moments],
    "parts": {
        "year": [one.year for one in moments],
        "quarter": [(one.month - 1) // 3 + 1 for one in moments],
        "month": [one.month for one in moments],
        "day": [one.day for one in moments],
        "weekday": [one.weekday() for one in moments],
        "day-of-year": dayOfYear,
        "hour": [one.hour for one in moments],
        "weekend": [int(one.weekday() >= 5) for one in moments],
    },
    "cycles": {
        name: [[math.sin(2 * math.pi * turn) for turn in of], [math.cos(2 * math.pi * turn) for turn in of]]
        for name, of in turns.items()
    },
}

path = pathlib.Path(__file__).with_name("column-steps.fixture.json")
path.write_text(json.dumps(result, ensure_ascii=False) + "\n")
