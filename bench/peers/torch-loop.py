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


def put(parameter, values):
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(numpy.ascontiguousarray(values)))


class LastOf(torch.nn.Module):
    """Its last state of a GRU or LSTM."""

    def __init__(self, memory):
        super().__init__()
        self.memory = memory

    def forward(self, x):
        return self.memory(x)[0][:, -1]


class Mean(torch.nn.Module):
    """Over the places of a sequence whose channels come first."""

    def forward(self, x):
        return x.mean(-1)


def memory_of(layer, inputs):
    """z, r, n here are r, z, n there; an LSTM's gates are in the same order, and its second bias stays 0."""
    units, name = layer["params"]["units"], layer["id"]
    if layer["kind"] == "gru":
        order = lambda values: numpy.concatenate([values[units : 2 * units], values[:units], values[2 * units :]])
        module = torch.nn.GRU(inputs, units, batch_first=True)
        put(module.bias_hh_l0, order(array(f"{name}/recurrentBias")))
    else:
        order = lambda values: values
        module = torch.nn.LSTM(inputs, units, batch_first=True)
        put(module.bias_hh_l0, numpy.zeros(4 * units, "f4"))
        module.bias_hh_l0.requires_grad = False
    put(module.weight_ih_l0, order(array(f"{name}/kernel").T))
    put(module.weight_hh_l0, order(array(f"{name}/recurrent").T))
    put(module.bias_ih_l0, order(array(f"{name}/bias")))
    return LastOf(module)


class Attention(torch.nn.Module):
    """Multi-head self-attention by PyTorch's own fused product."""

    def __init__(self, name, heads):
        super().__init__()
        kernel, output = array(f"{name}/kernel"), array(f"{name}/output")
        self.heads = heads
        self.parts = torch.nn.Linear(*kernel.shape)
        self.output = torch.nn.Linear(*output.shape)
        put(self.parts.weight, kernel.T)
        put(self.parts.bias, array(f"{name}/bias"))
        put(self.output.weight, output.T)
        put(self.output.bias, array(f"{name}/outputBias"))

    def forward(self, x):
        batch, steps, size = x.shape
        cut = lambda part: part.reshape(batch, steps, self.heads, size // self.heads).transpose(1, 2)
        q, k, v = (cut(part) for part in self.parts(x).chunk(3, -1))
        taken = torch.nn.functional.scaled_dot_product_attention(q, k, v)
        return self.output(taken.transpose(1, 2).reshape(batch, steps, size))


class Position(torch.nn.Module):
    def __init__(self, name):
        super().__init__()
        self.table = torch.nn.Parameter(torch.from_numpy(array(f"{name}/table").copy()))

    def forward(self, x):
        return x + self.table


class Branching(torch.nn.Module):
    """Layers with the step behind the batch and the channels last, some of which add what two others gave."""

    def __init__(self, network):
        super().__init__()
        self.steps = []
        for layer in network["layers"]:
            self.steps.append((layer["id"], layer["from"], self.module_of(layer)))

    def module_of(self, layer):
        kind, name = layer["kind"], layer["id"]
        if kind == "sum":
            return None
        if kind == "position":
            module = Position(name)
        elif kind == "attention":
            module = Attention(name, layer["params"]["heads"])
        elif kind == "layer-norm":
            gain = array(f"{name}/gain")
            module = torch.nn.LayerNorm(gain.shape, eps=1e-5)
            put(module.weight, gain)
            put(module.bias, array(f"{name}/shift"))
        elif kind == "relu":
            module = torch.nn.ReLU()
        elif kind == "global-avg-pool":
            return lambda x: x.mean(1)
        else:
            kernel = array(f"{name}/kernel").reshape(-1, array(f"{name}/bias").size)
            module = torch.nn.Linear(*kernel.shape)
            put(module.weight, kernel.T)
            put(module.bias, array(f"{name}/bias"))
        self.add_module(name, module)
        return module

    def forward(self, x):
        values = {"x": x}
        for name, sources, module in self.steps:
            found = [values[source] for source in sources]
            x = values[name] = found[0] + found[1] if module is None else module(found[0])
        return x


def build():
    """Modules with the given weights; images are channels first here, so flattened kernels are put in that order."""
    if any(len(layer["from"]) > 1 for layer in net["network"]["layers"]):
        return Branching(net["network"])
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
        elif kind == "max-pool1d":
            modules.append(torch.nn.MaxPool1d(params["size"]))
        elif kind == "global-avg-pool":
            modules.append(Mean())
        elif kind in ("gru", "lstm"):
            modules.append(memory_of(layer, shape[-1]))
        elif kind == "last-step":
            continue
        else:
            kernel, bias = array(f"{layer['id']}/kernel"), array(f"{layer['id']}/bias")
            if kind == "dense":
                if image is not None:
                    kernel = kernel.reshape(*image, -1).transpose(2, 0, 1, 3).reshape(kernel.shape)
                    image = None
                module = torch.nn.Linear(*kernel.shape)
                kernel = kernel.T
                shape = [params["units"]]
            elif kind == "conv1d":
                module = torch.nn.Conv1d(*kernel.shape[1:], params["kernel"], params["stride"], padding="same")
                kernel = kernel.transpose(2, 1, 0)
            else:
                size = params["kernel"]
                module = torch.nn.Conv2d(kernel.shape[2], kernel.shape[3], size, params["stride"], padding="same")
                kernel = kernel.transpose(3, 2, 0, 1)
                shape = [shape[0], shape[1], params["filters"]]
            put(module.weight, kernel)
            put(module.bias, bias)
            modules.append(module)
    return torch.nn.Sequential(*modules)


model = build()
x = array("x")
if x.ndim == 4:
    x = x.transpose(0, 3, 1, 2)
elif any(layer["kind"] == "max-pool1d" for layer in net["network"]["layers"]):
    x = x.transpose(0, 2, 1)
x = torch.from_numpy(numpy.ascontiguousarray(x))
y = torch.from_numpy(array("y.target").reshape(-1).astype("int64"))
optimiser = torch.optim.Adam([one for one in model.parameters() if one.requires_grad], lr=net["learningRate"], eps=1e-8, fused=True)
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
