"""A contender: Keras, `model.fit`. `keras-fit.py <folder>`, then a number of epochs a line."""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import numpy
import tensorflow as tf

folder = sys.argv[1]
with open(os.path.join(folder, "net.json")) as file:
    net = json.load(file)


def array(name):
    entry = net["files"][name]
    return numpy.fromfile(os.path.join(folder, entry["file"]), "<f4").reshape(entry["shape"])


L = tf.keras.layers
makers = {
    "dense": lambda p: L.Dense(p["units"]),
    "relu": lambda p: L.ReLU(),
    "conv2d": lambda p: L.Conv2D(p["filters"], p["kernel"], p["stride"], p["padding"]),
    "conv1d": lambda p: L.Conv1D(p["filters"], p["kernel"], p["stride"], p["padding"]),
    "max-pool2d": lambda p: L.MaxPooling2D(p["size"]),
    "max-pool1d": lambda p: L.MaxPooling1D(p["size"]),
    "global-avg-pool": lambda p: L.GlobalAveragePooling1D(),
    "gru": lambda p: L.GRU(p["units"], reset_after=True),
    "lstm": lambda p: L.LSTM(p["units"]),
    "flatten": lambda p: L.Flatten(),
    "layer-norm": lambda p: L.LayerNormalization(epsilon=1e-5),
    "attention": lambda p: L.MultiHeadAttention(p["heads"], width // p["heads"]),
    "position": lambda p: L.Embedding(steps, width),
}


def weights_of(layer):
    """In Keras' order: a GRU's two biases are one array, attention's three parts are apart and cut into heads."""
    here = lambda name: array(f"{layer['id']}/{name}")
    if layer["kind"] == "gru":
        return [here("kernel"), here("recurrent"), numpy.stack([here("bias"), here("recurrentBias")])]
    if layer["kind"] == "attention":
        heads = layer["params"]["heads"]
        parts = []
        for kernel, bias in zip(numpy.split(here("kernel"), 3, 1), numpy.split(here("bias"), 3)):
            parts += [kernel.reshape(width, heads, -1), bias.reshape(heads, -1)]
        return [*parts, here("output").reshape(heads, -1, width), here("outputBias")]
    names = ("kernel", "recurrent", "gain", "table", "bias", "shift")
    return [here(name) for name in names if f"{layer['id']}/{name}" in net["files"]]


shape = net["network"]["inputs"]["x"]
steps, width = shape[0], shape[-1]
values = {"x": tf.keras.Input(shape)}
for layer in net["network"]["layers"]:
    found = [values[source] for source in layer["from"]]
    kind, name = layer["kind"], layer["id"]
    if kind == "last-step":
        values[name] = found[0]  # what a GRU or LSTM gives here
        continue
    if kind == "sum":
        values[name] = L.Add()(found)
        continue
    made = makers[kind](layer["params"])
    if kind == "position":
        values[name] = L.Add()([found[0], made(tf.range(steps))])
    elif kind == "attention":
        values[name] = made(found[0], found[0])
    else:
        values[name] = made(found[0])
    made.set_weights(weights_of(layer))
model = tf.keras.Model(values["x"], values[net["network"]["layers"][-1]["id"]])
model.compile(
    tf.keras.optimizers.Adam(net["learningRate"], epsilon=1e-8),
    tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
x = array("x")
y = array("y.target").reshape(-1).astype("int32")

print(json.dumps({"ready": f"Keras {tf.keras.__version__}, TensorFlow {tf.__version__}"}), flush=True)
for line in sys.stdin:
    epochs = int(line)
    cpu, started = time.process_time(), time.perf_counter()
    fit = model.fit(x, y, batch_size=net["batchSize"], epochs=epochs, shuffle=False, verbose=0)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    turn = {"samples": epochs * net["rows"], "seconds": seconds, "cpuSeconds": cpu, "loss": fit.history["loss"][-1]}
    print(json.dumps(turn), flush=True)
