"""What the plain loops of the grid read: `grid.json` and the arrays beside it."""

import json
import os

import numpy


class Grid:
    def __init__(self, folder):
        with open(os.path.join(folder, "grid.json")) as file:
            grid = json.load(file)
        self.folder, self.pipelines, self.trials, self.test = folder, grid["pipelines"], grid["trials"], grid["test"]
        self.images = self.array(grid["images"]["file"], grid["images"]["shape"])

    def array(self, file, shape):
        return numpy.fromfile(os.path.join(self.folder, file), "<f4").reshape(shape)

    def examples(self, pipeline):
        """Images [rows, examples, height, width, channels] and classes [rows, examples] of all rows."""
        rows, height, width, channels = self.images.shape
        count = pipeline["examples"]
        images = self.images.reshape(rows, height, count, width // count, channels).transpose(0, 2, 1, 3, 4)
        return images, self.array(pipeline["labels"], (rows, count)).astype("int64")


def standardiser(images, train):
    """Gives images mean 0 and spread 1 over the pixels of the training rows."""
    seen = images[train]
    mean, spread = seen.mean(), seen.std()
    return lambda part: (part - mean) / spread


def say(about, accuracies):
    """The verdict: for each pipeline and budget, the test accuracy of every seed."""
    print(json.dumps({"about": about, "accuracies": accuracies}), flush=True)
