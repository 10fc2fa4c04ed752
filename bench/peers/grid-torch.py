"""All trials of the grid in a plain loop of PyTorch with fused Adam. `grid-torch.py <folder> <threads|default> <processes>`"""

import copy
import multiprocessing
import sys

import numpy
import torch

from grid_files import Grid, say, standardiser

folder, threads, processes = sys.argv[1], sys.argv[2], int(sys.argv[3])
grid = Grid(folder)
data = [grid.examples(pipeline) for pipeline in grid.pipelines]
loss_of = torch.nn.functional.cross_entropy


def build(layers):
    modules = []
    for layer in layers:
        kind, params, shape = layer["kind"], layer["params"], layer.get("shape")
        if kind == "conv2d":
            module = torch.nn.Conv2d(*shape[2:], params["kernel"], params["stride"], padding="same")
        elif kind == "dense":
            module = torch.nn.Linear(*shape)
        elif kind == "max-pool2d":
            module = torch.nn.MaxPool2d(params["size"])
        else:
            module = torch.nn.ReLU() if kind == "relu" else torch.nn.Flatten()
        if shape is not None:
            fill = torch.nn.init.kaiming_normal_ if layer["init"] == "he-normal" else torch.nn.init.xavier_uniform_
            fill(module.weight)
            torch.nn.init.zeros_(module.bias)
        modules.append(module)
    return torch.nn.Sequential(*modules)


def batches(count, size):
    """One shuffled pass over all examples after the other, in batches that may lie across two."""
    left = torch.empty(0, dtype=torch.int64)
    while True:
        while len(left) < size:
            left = torch.cat([left, torch.randperm(count)])
        yield left[:size]
        left = left[size:]


def train(which, trial):
    """Trains one trial and returns its accuracy on the test rows."""
    pipeline, (images, classes) = grid.pipelines[which], data[which]
    torch.manual_seed(trial["seed"])
    standardised = standardiser(images, trial["train"])

    def part(rows):
        x = standardised(images[rows]).reshape(-1, *images.shape[2:]).transpose(0, 3, 1, 2)
        return torch.from_numpy(numpy.ascontiguousarray(x)), torch.from_numpy(classes[rows].reshape(-1))

    (x, y), (x_validation, y_validation) = part(trial["train"]), part(trial["validation"])
    model = build(pipeline["layers"])
    optimiser = torch.optim.Adam(model.parameters(), lr=pipeline["learningRate"], eps=1e-8, fused=True)
    size = min(pipeline["batchSize"] * pipeline["examples"], len(x))
    best, kept, waited = float("inf"), None, 0
    for step, rows in zip(range(1, pipeline["steps"] + 1), batches(len(x), size)):
        optimiser.zero_grad(set_to_none=True)
        loss_of(model(x[rows]), y[rows]).backward()
        optimiser.step()
        if step % pipeline["stepsBetweenChecks"] != 0 and step != pipeline["steps"]:
            continue
        with torch.no_grad():
            found = loss_of(model(x_validation), y_validation).item()
        if found < best:
            best, kept, waited = found, copy.deepcopy(model.state_dict()), 0
        else:
            waited += 1
            if waited >= pipeline["patience"]:
                break
    model.load_state_dict(kept)
    with torch.no_grad():
        answers = model(part(grid.test)[0]).argmax(1).numpy().reshape(len(grid.test), -1).sum(1)
    return float((answers == classes[grid.test].sum(1)).mean())


def ready():
    if threads != "default":
        torch.set_num_threads(int(threads))


work = [(which, trial) for which in range(len(grid.pipelines)) for trial in grid.trials]
if processes == 1:
    ready()
    found = [train(*one) for one in work]
else:
    with multiprocessing.get_context("fork").Pool(processes, ready) as pool:
        found = pool.starmap(train, work, chunksize=1)
accuracies = {pipeline["id"]: {} for pipeline in grid.pipelines}
for (which, trial), accuracy in zip(work, found):
    accuracies[grid.pipelines[which]["id"]].setdefault(str(trial["budget"]), []).append(accuracy)
words = f"{torch.get_num_threads()} threads" if processes == 1 else f"{threads} thread in {processes} processes"
say(f"PyTorch {torch.__version__}, {words}", accuracies)
