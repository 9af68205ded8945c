"""python network_keras.py OUTDIR: writes the prepared houses table for the other side, then times Keras on it.
Network [64, 32], relu, Adam 1e-3, batch 256, 5 epochs, 80,000 training rows of 100,000; target: standardised log price."""

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


def fit(x, y, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((x.shape[1],))
    layer = inputs
    for units in (64, 32):
        layer = keras.layers.Dense(units, activation="relu")(layer)
    model = keras.Model(inputs, keras.layers.Dense(1)(layer))
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
    start, work = time.perf_counter(), time.process_time()
    history = model.fit(x[:TRAIN], y[:TRAIN], batch_size=256, epochs=5, verbose=0)
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
    numbers.tofile(os.path.join(out, "numbers.f64"))
    np.stack(codes, axis=1).astype(np.int32).tofile(os.path.join(out, "codes.i32"))
    y.tofile(os.path.join(out, "target.f64"))
    narrow = numbers.astype(np.float32)
    wide = np.hstack([narrow, one_hot(codes, levels)])
    target = y.astype(np.float32)
    results = {
        "versions": f"keras {keras.__version__}, tensorflow {tf.__version__}",
        "levels": levels,
        "numbers": numbers.shape[1],
        "numeric": [fit(narrow, target, seed) for seed in range(SEEDS)],
        "one-hot": [fit(wide, target, seed) for seed in range(SEEDS)],
    }
    with open(os.path.join(out, "keras.json"), "w") as file:
        json.dump(results, file)


main()
