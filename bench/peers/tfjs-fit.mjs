// A contender: stock tfjs, `model.fit`. `tfjs-fit.mjs <folder> <wasm|node>`, then a number of epochs a line.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { readyNative } from "../../packages/engine/native/place.mjs";

const [folder, backend] = process.argv.slice(2);
// tfjs-node is the one that `npm run native` has made: its own install script cannot fetch a library everywhere.
const need = createRequire(
  backend === "node"
    ? join(readyNative().folder, "package.json")
    : new URL("../../node_modules/.seams/bench-peers/node/package.json", import.meta.url),
);
const tf = need(backend === "node" ? "@tensorflow/tfjs-node" : "@tensorflow/tfjs");
if (backend === "wasm") {
  const wasm = need("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(join(dirname(need.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  await tf.setBackend("wasm");
}
await tf.ready();

const net = JSON.parse(readFileSync(join(folder, "net.json"), "utf8"));
const tensor = (name) => {
  const { file, shape } = net.files[name];
  const bytes = readFileSync(join(folder, file));
  return tf.tensor(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), shape);
};
const makers = {
  dense: ({ units }) => tf.layers.dense({ units }),
  relu: () => tf.layers.reLU(),
  conv2d: ({ filters, kernel, stride, padding }) =>
    tf.layers.conv2d({ filters, kernelSize: kernel, strides: stride, padding }),
  "max-pool2d": ({ size }) => tf.layers.maxPooling2d({ poolSize: size, strides: size }),
  conv1d: ({ filters, kernel, stride, padding }) =>
    tf.layers.conv1d({ filters, kernelSize: kernel, strides: stride, padding }),
  "max-pool1d": ({ size }) => tf.layers.maxPooling1d({ poolSize: size, strides: size }),
  "global-avg-pool": () => tf.layers.globalAveragePooling1d(),
  // Its last step is all that it gives, which is what our `last-step` takes.
  lstm: ({ units }) => tf.layers.lstm({ units, recurrentActivation: "sigmoid" }),
  flatten: () => tf.layers.flatten(),
};
const input = tf.input({ shape: net.network.inputs.x });
let output = input;
const weights = [];
for (const { id, kind, params } of net.network.layers) {
  if (kind === "last-step") continue;
  output = makers[kind](params).apply(output);
  for (const name of ["kernel", "recurrent", "bias"].map((part) => `${id}/${part}`))
    if (name in net.files) weights.push(tensor(name));
}
const width = output.shape.at(-1);
const model = tf.model({ inputs: input, outputs: output });
model.setWeights(weights);
model.compile({
  optimizer: tf.train.adam(net.learningRate, 0.9, 0.999, 1e-8),
  loss: (target, raw) => tf.losses.softmaxCrossEntropy(target, raw),
});
const x = tensor("x");
const y = tf.oneHot(tensor("y.target").reshape([net.rows]).toInt(), width).toFloat();

const say = (words) => process.stdout.write(`${JSON.stringify(words)}\n`);
say({ ready: `tfjs ${tf.version["tfjs-core"] ?? tf.version_core}, ${tf.getBackend()}` });
for await (const line of createInterface({ input: process.stdin })) {
  const epochs = Number(line);
  const before = process.cpuUsage();
  const started = performance.now();
  const { history } = await model.fit(x, y, {
    epochs,
    batchSize: net.batchSize,
    shuffle: false,
    verbose: 0,
    yieldEvery: "never",
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  say({ samples: epochs * net.rows, seconds, cpuSeconds: (user + system) / 1e6, loss: history.loss.at(-1) });
}
