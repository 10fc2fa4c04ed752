"""A contender: PyTorch, a plain loop with fused Adam. `torch-loop.py <folder> <threads|default>`, then epochs a line."""

import json
import os
import sys
import time

import numpy
import torch

folder, threads = sys.argv[1], sys.argv[2]
if threads != "default":
    torch.set_num_threads(int(threads))
with open(os.path.join(folder, "net.json")) as file:
    net = json.load(file)


def array(name):
    entry = net["files"][name]
    return numpy.fromfile(os.path.join(folder, entry["file"]), "<f4").reshape(entry["shape"])


def build():
    """Modules with the given weights; images are channels first here, so flattened kernels are put in that order."""
    modules, shape = [], net["network"]["inputs"]["x"]
    image = None
    for layer in net["network"]["layers"]:
        kind, params = layer["kind"], layer["params"]
        if kind == "relu":
            modules.append(torch.nn.ReLU())
        elif kind == "flatten":
            image, shape = shape, [int(numpy.prod(shape))]
            modules.append(torch.nn.Flatten())
        elif kind == "max-pool2d":
            modules.append(torch.nn.MaxPool2d(params["size"]))
            shape = [shape[0] // params["size"], shape[1] // params["size"], shape[2]]
        else:
            kernel, bias = array(f"{layer['id']}/kernel"), array(f"{layer['id']}/bias")
            if kind == "dense":
                if image is not None:
                    kernel = kernel.reshape(*image, -1).transpose(2, 0, 1, 3).reshape(kernel.shape)
                    image = None
                module = torch.nn.Linear(*kernel.shape)
                kernel = kernel.T
                shape = [params["units"]]
            else:
                size = params["kernel"]
                module = torch.nn.Conv2d(kernel.shape[2], kernel.shape[3], size, params["stride"], padding="same")
                kernel = kernel.transpose(3, 2, 0, 1)
                shape = [shape[0], shape[1], params["filters"]]
            with torch.no_grad():
                module.weight.copy_(torch.from_numpy(kernel.copy()))
                module.bias.copy_(torch.from_numpy(bias))
            modules.append(module)
    return torch.nn.Sequential(*modules)


model = build()
x = array("x")
x = torch.from_numpy(numpy.ascontiguousarray(x.transpose(0, 3, 1, 2)) if x.ndim == 4 else x)
y = torch.from_numpy(array("y.target").reshape(-1).astype("int64"))
optimiser = torch.optim.Adam(model.parameters(), lr=net["learningRate"], eps=1e-8, fused=True)
batch = net["batchSize"]

print(json.dumps({"ready": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"}), flush=True)
for line in sys.stdin:
    epochs, losses = int(line), []
    cpu, started = time.process_time(), time.perf_counter()
    for epoch in range(epochs):
        losses = []
        for start in range(0, net["rows"], batch):
            optimiser.zero_grad(set_to_none=True)
            loss = torch.nn.functional.cross_entropy(model(x[start : start + batch]), y[start : start + batch])
            loss.backward()
            optimiser.step()
            losses.append(loss.detach())
    loss = float(torch.stack(losses).mean())
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(json.dumps({"samples": epochs * net["rows"], "seconds": seconds, "cpuSeconds": cpu, "loss": loss}), flush=True)
