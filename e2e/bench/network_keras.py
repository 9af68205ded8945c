"""python network_keras.py OUTDIR: writes the prepared houses table for the other side, then times Keras on it.
Network [64, 32], relu, Adam 1e-3, batch 256, 5 epochs, 80,000 training rows of 100,000; target: standardised log price.
Four kinds of input: numbers; with 3 categories one-hot; with a fourth, zip code and condition crossed, one-hot; with the 3
categories as embeddings."""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = os.environ.get("TF_ENABLE_ONEDNN_OPTS", "1")

import keras
import numpy as np
import tensorflow as tf

from houses import features, houses

ROWS, TRAIN, SEEDS = 100_000, 80_000, 3


def one_hot(codes, levels):
    blocks = []
    for column, count in zip(codes, levels):
        block = np.zeros((len(column), count), np.float32)
        known = column >= 0
        block[np.flatnonzero(known), column[known]] = 1
        blocks.append(block)
    return np.hstack(blocks)


def crossed(a, b, levels, train_rows):
    """Codes of the pairs of levels that the training rows have; -1 for others."""
    pairs = np.where((a < 0) | (b < 0), -1, a * levels + b)
    known = np.unique(pairs[:train_rows][pairs[:train_rows] >= 0])
    at = np.searchsorted(known, pairs).clip(0, len(known) - 1)
    return np.where(known[at] == pairs, at, -1).astype(np.int32), len(known)


def dense_inputs(width):
    """One matrix."""
    inputs = keras.Input((width,))
    return inputs, inputs


def embedded_inputs(numbers, tables):
    """A matrix of numbers, and a column of codes for each table of (rows, length of vectors)."""
    inputs = [keras.Input((numbers,)), *(keras.Input((), dtype="int32") for _ in tables)]
    vectors = [keras.layers.Embedding(rows, size)(codes) for codes, (rows, size) in zip(inputs[1:], tables)]
    return inputs, keras.layers.Concatenate()([inputs[0], *vectors])


def cut(x, rows):
    return [part[rows] for part in x] if isinstance(x, list) else x[rows]


def fit(build, x, y, seed):
    keras.utils.set_random_seed(seed)
    inputs, layer = build()
    for units in (64, 32):
        layer = keras.layers.Dense(units, activation="relu")(layer)
    model = keras.Model(inputs, keras.layers.Dense(1)(layer))
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
    start, work = time.perf_counter(), time.process_time()
    history = model.fit(cut(x, slice(TRAIN)), y[:TRAIN], batch_size=256, epochs=5, verbose=0)
    seconds, cpu = time.perf_counter() - start, time.process_time() - work
    squared = (model.predict(x, batch_size=8192, verbose=0).ravel() - y) ** 2
    return {
        "seconds": seconds,
        "cpu": cpu,
        "train": float(squared[:TRAIN].mean()),
        "test": float(squared[TRAIN:].mean()),
        "last_epoch": history.history["loss"][-1],
    }


def main():
    out = sys.argv[1]
    table = houses(ROWS, 42)
    numbers, codes, levels = features(table, TRAIN)
    log_price = np.log(table["price"].to_numpy())
    y = (log_price - log_price[:TRAIN].mean()) / log_price[:TRAIN].std()
    cross, cross_levels = crossed(codes[2], codes[0], levels[0], TRAIN)
    codes, levels = [*codes, cross], [*levels, cross_levels]
    numbers.tofile(os.path.join(out, "numbers.f64"))
    np.stack(codes, axis=1).astype(np.int32).tofile(os.path.join(out, "codes.i32"))
    y.tofile(os.path.join(out, "target.f64"))
    narrow = numbers.astype(np.float32)
    target = y.astype(np.float32)
    # What Holdfast takes by default: 1.6 times the levels to the power of 0.56, at most 50; a row more for levels not seen.
    tables = [(count + 1, min(50, round(1.6 * count**0.56))) for count in levels[:3]]
    places = [np.where(column < 0, count, column).astype(np.int32) for column, count in zip(codes, levels[:3])]

    def fits(build, x):
        return [fit(build, x, target, seed) for seed in range(SEEDS)]

    def one_hot_fits(count):
        x = np.hstack([narrow, one_hot(codes[:count], levels[:count])])
        return fits(lambda: dense_inputs(x.shape[1]), x)

    results = {
        "versions": f"keras {keras.__version__}, tensorflow {tf.__version__}",
        "levels": levels,
        "numbers": numbers.shape[1],
        "numeric": fits(lambda: dense_inputs(narrow.shape[1]), narrow),
        "one-hot": one_hot_fits(3),
        "wide": one_hot_fits(4),
        "embeddings": fits(lambda: embedded_inputs(narrow.shape[1], tables), [narrow, *places]),
    }
    with open(os.path.join(out, "keras.json"), "w") as file:
        json.dump(results, file)


main()
