"""All trials of the grid in a plain loop of Keras' `model.fit`. `grid-keras.py <folder>`"""

import math
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import tensorflow as tf

from grid_files import Grid, say, standardiser

grid = Grid(sys.argv[1])
L = tf.keras.layers


def fill(layer):
    if layer["init"] == "he-normal":
        return tf.keras.initializers.VarianceScaling(2, "fan_in", "untruncated_normal")
    return "glorot_uniform"


makers = {
    "conv2d": lambda p, layer: L.Conv2D(p["filters"], p["kernel"], p["stride"], p["padding"], kernel_initializer=fill(layer)),
    "relu": lambda p, layer: L.ReLU(),
    "max-pool2d": lambda p, layer: L.MaxPooling2D(p["size"]),
    "flatten": lambda p, layer: L.Flatten(),
    "dense": lambda p, layer: L.Dense(p["units"], kernel_initializer=fill(layer)),
}


def build(pipeline, shape):
    layers = [makers[layer["kind"]](layer["params"], layer) for layer in pipeline["layers"]]
    model = tf.keras.Sequential([tf.keras.Input(shape), *layers])
    model.compile(
        tf.keras.optimizers.Adam(pipeline["learningRate"], epsilon=1e-8),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return model


def train(pipeline, trial, images, classes):
    """Trains one trial and returns its accuracy on the test rows."""
    tf.keras.utils.clear_session()
    tf.keras.utils.set_random_seed(trial["seed"])
    standardised = standardiser(images, trial["train"])
    part = lambda rows: (standardised(images[rows]).reshape(-1, *images.shape[2:]), classes[rows].reshape(-1))
    (x, y), validation = part(trial["train"]), part(trial["validation"])
    size = min(pipeline["batchSize"] * pipeline["examples"], len(x))
    every = pipeline["stepsBetweenChecks"]
    model = build(pipeline, x.shape[1:])
    model.fit(
        tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).repeat().batch(size).prefetch(tf.data.AUTOTUNE),
        steps_per_epoch=every,
        epochs=math.ceil(pipeline["steps"] / every),
        validation_data=validation,
        validation_batch_size=len(validation[0]),
        callbacks=[tf.keras.callbacks.EarlyStopping(patience=pipeline["patience"], restore_best_weights=True)],
        verbose=0,
    )
    raw = model.predict(part(grid.test)[0], batch_size=256, verbose=0)
    answers = raw.argmax(1).reshape(len(grid.test), -1).sum(1)
    return float((answers == classes[grid.test].sum(1)).mean())


accuracies = {}
for pipeline in grid.pipelines:
    images, classes = grid.examples(pipeline)
    found = accuracies[pipeline["id"]] = {}
    for trial in grid.trials:
        found.setdefault(str(trial["budget"]), []).append(train(pipeline, trial, images, classes))
say(f"Keras {tf.keras.__version__}, TensorFlow {tf.__version__}", accuracies)
