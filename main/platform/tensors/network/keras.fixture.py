"""Writes keras.fixture.json: what Keras learns in six updates of small networks, from given weights and batches. Its own layers, automatic gradients and optimisers; only the running statistics of a normalised layer are worked out here, by
the rule that Holdfast documents (update t moves them by max(0.01, 1 / t)), and normalisation is folded into the weights before it.

python3 -m venv venv && venv/bin/pip install keras==3.15.1 tensorflow-cpu==2.21.0
venv/bin/python keras.fixture.py > keras.fixture.json
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

ROWS, BATCH, EPOCHS = 22, 9, 2
HIDDEN = [4, 3]
EMBEDDED = [(4, 2), (6, 3)]
LEVELS = [2, 3]
DENSE = 3
NORM_EPSILON = 1e-3
random = np.random.default_rng(5)


def floats(*shape):
    return (random.normal(size=shape) * 0.6).astype(np.float32)


def optimiser(kind, rate, decay):
    schedule = keras.optimizers.schedules.InverseTimeDecay(rate, 1, 1.0)
    made = {
        "sgd": lambda: keras.optimizers.SGD(schedule),
        "momentum": lambda: keras.optimizers.SGD(rate, momentum=0.8),
        "adam": lambda: keras.optimizers.Adam(schedule),
        "adamw": lambda: keras.optimizers.AdamW(schedule, weight_decay=decay),
    }[kind]()
    if kind == "adamw":
        made.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    return made


def case(name, kind="adam", loss="squared", embedded=False, wide=False, norm=False, weighted=False, activation="tanh", decay=0.0):
    keras.utils.set_random_seed(1)
    outputs = 3 if loss == "softmax" else 1
    dense = random.normal(size=(ROWS, DENSE)).astype(np.float32)
    codes = np.stack([random.integers(-1, count, ROWS) for count in LEVELS], axis=1)
    offsets = np.array([0, LEVELS[0]])
    places = np.where(codes < 0, -1, codes + offsets).astype(np.int32)
    one_hot = np.zeros((ROWS, sum(LEVELS)), np.float32)
    for row in range(ROWS):
        one_hot[row, places[row][places[row] >= 0]] = 1
    tables = np.stack([random.integers(0, rows, ROWS) for rows, _ in EMBEDDED], axis=1).astype(np.int32)
    y = random.normal(size=ROWS).astype(np.float32) if loss == "squared" else random.integers(0, max(2, outputs), ROWS)
    weights = (0.1 + random.random(ROWS)).astype(np.float32) if weighted else np.ones(ROWS, np.float32)

    inputs = [keras.Input((DENSE,)), keras.Input((sum(LEVELS),))]
    data = [dense, one_hot]
    layers = {}

    def layer(key, made, value):
        layers[key] = made
        return made(value)

    parts = list(inputs)
    deep = [("dense", parts[0]), ("levels", parts[1])]
    far = []
    if embedded:
        vectors = []
        for k, (rows, size) in enumerate(EMBEDDED):
            inputs.append(keras.Input((), dtype="int32"))
            data.append(tables[:, k])
            vectors.append(layer(f"embedding{k + 1}", Table(rows, size), inputs[-1]))
            if wide:
                far.append(layer(f"wide.embedded{k}", Table(rows, outputs), inputs[-1]))
        deep.append(("embedded", keras.layers.Concatenate()(vectors)))
    sums = [layer(key, keras.layers.Dense(HIDDEN[0], use_bias=False), value) for key, value in deep]
    z = keras.layers.Add()(sums)
    befores = []
    for n, units in enumerate(HIDDEN, 1):
        if n > 1:
            z = layer(f"weights{n}", keras.layers.Dense(units, use_bias=False), z)
        befores.append(z)
        if norm:
            z = layer(f"norm{n}", keras.layers.BatchNormalization(epsilon=NORM_EPSILON), z)
        else:
            z = layer(f"shift{n}", Shift(), z)
        z = keras.layers.Activation(activation)(z)
    last = len(HIDDEN) + 1
    z = layer(f"weights{last}", keras.layers.Dense(outputs, use_bias=False), z)
    if wide:
        far += [layer(f"wide.{key}", keras.layers.Dense(outputs, use_bias=False), parts[i]) for i, key in enumerate(["dense", "levels"])]
        z = keras.layers.Add()([z, *far])
    z = layer(f"shift{last}", Shift(), z)
    model = keras.Model(inputs, z)
    inner = keras.Model(inputs, befores)

    start = {}
    for key, made in layers.items():
        if key.startswith("norm"):
            n = key[4:]
            scale, bias = 1 + 0.3 * floats(made.gamma.shape[0]), floats(made.beta.shape[0])
            made.gamma.assign(scale), made.beta.assign(bias)
            start[f"scale{n}"], start[f"bias{n}"] = scale, bias
        else:
            value = floats(*made.weights[0].shape)
            made.weights[0].assign(value)
            start[key.replace("shift", "bias")] = value
    losses = {
        "squared": keras.losses.MeanSquaredError(),
        "sigmoid": keras.losses.BinaryCrossentropy(from_logits=True),
        "softmax": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    }
    rate = 0.02
    model.compile(optimizer=optimiser(kind, rate, decay), loss=losses[loss])
    order = np.arange(ROWS)
    batches = []
    statistics = {n: (np.zeros(units), np.ones(units)) for n, units in enumerate(HIDDEN, 1)}
    t = 0
    for epoch in range(EPOCHS):
        random.shuffle(order)
        batches.append(order.tolist())
        for at in range(0, ROWS, BATCH):
            rows = order[at : at + BATCH]
            t += 1
            if norm:
                seen = [np.asarray(part) for part in inner([part[rows] for part in data], training=True)]
                for n, part in enumerate(seen, 1):
                    blend = max(0.01, 1 / t)
                    mean, variance = statistics[n]
                    statistics[n] = (mean + (part.mean(0) - mean) * blend, variance + (part.var(0) - variance) * blend)
            model.train_on_batch([part[rows] for part in data], y[rows], sample_weight=weights[rows])
    learned = {}
    for key, made in layers.items():
        if key.startswith("norm"):
            n = int(key[4:])
            mean, variance = statistics[n]
            factor = np.asarray(made.gamma) / np.sqrt(variance + NORM_EPSILON)
            for before in ["dense", "levels", "embedded"] if n == 1 else [f"weights{n}"]:
                if before in learned:
                    learned[before] = learned[before] * factor
            learned[f"bias{n}"] = np.asarray(made.beta) - mean * factor
        else:
            learned[key.replace("shift", "bias")] = np.asarray(made.weights[0])
    return {
        "name": name,
        "shape": {
            "dense": DENSE,
            "coded": len(LEVELS),
            "levels": sum(LEVELS),
            "embedded": [{"rows": rows, "size": size} for rows, size in EMBEDDED] if embedded else [],
            "hidden": HIDDEN,
            "activation": activation,
            "batchNorm": norm,
            "dropout": None,
            "wide": wide,
            "loss": loss,
            "outputs": outputs,
            "weighted": weighted,
            "l2": 0,
            "decay": decay,
            "optimiser": {"kind": "momentum", "momentum": 0.8} if kind == "momentum" else {"kind": kind.replace("w", "")},
        },
        "batch": BATCH,
        "rate": rate,
        "orders": batches,
        "rows": {
            "dense": dense.ravel().tolist(),
            "codes": places.ravel().tolist(),
            "embedded": tables.ravel().tolist() if embedded else [],
            "target": y.tolist(),
            "weights": weights.tolist() if weighted else [],
        },
        "start": named(start),
        "learned": named(learned),
    }


def named(values):
    """The linear tables of the categories stand one below the other."""
    out = {key: np.round(np.asarray(value, np.float64), 9).ravel().tolist() for key, value in values.items() if not key.startswith("wide.embedded")}
    far = [np.asarray(values[key]).ravel() for key in sorted(values) if key.startswith("wide.embedded")]
    if far:
        out["wide.embedded"] = np.round(np.concatenate(far).astype(np.float64), 9).tolist()
    return out


class Shift(keras.layers.Layer):
    """Adds a learned vector."""

    def build(self, shape):
        self.shift = self.add_weight(shape=(shape[-1],), name="bias")

    def call(self, z):
        return z + self.shift


class Table(keras.layers.Layer):
    """A vector for each code. Keras' own Embedding has gradients of the rows seen alone, which its Adam treats as other numbers."""

    def __init__(self, rows, size):
        super().__init__()
        self.rows, self.size = rows, size

    def build(self, shape):
        self.table = self.add_weight(shape=(self.rows, self.size), name="table")

    def call(self, codes):
        return keras.ops.one_hot(codes, self.rows) @ self.table


cases = [
    case("gradient descent", kind="sgd"),
    case("momentum", kind="momentum", activation="relu"),
    case("Adam", loss="sigmoid"),
    case("AdamW", kind="adamw", decay=0.4, activation="relu"),
    case("batch normalisation", norm=True, loss="softmax"),
    case("weighted rows", weighted=True, loss="softmax", activation="relu"),
    case("embeddings", embedded=True),
    case("wide and deep, normalised", embedded=True, wide=True, norm=True, loss="sigmoid"),
]
print(json.dumps({"versions": f"keras {keras.__version__}, tensorflow {tf.__version__}", "cases": cases}))
