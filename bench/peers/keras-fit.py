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


makers = {
    "dense": lambda p: tf.keras.layers.Dense(p["units"]),
    "relu": lambda p: tf.keras.layers.ReLU(),
    "conv2d": lambda p: tf.keras.layers.Conv2D(p["filters"], p["kernel"], p["stride"], p["padding"]),
    "max-pool2d": lambda p: tf.keras.layers.MaxPooling2D(p["size"]),
    "flatten": lambda p: tf.keras.layers.Flatten(),
}
model = tf.keras.Sequential([tf.keras.Input(net["network"]["inputs"]["x"])])
weights = []
for layer in net["network"]["layers"]:
    model.add(makers[layer["kind"]](layer["params"]))
    weights += [array(f"{layer['id']}/{name}") for name in ("kernel", "bias") if f"{layer['id']}/{name}" in net["files"]]
model.set_weights(weights)
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
