// All trials of the grid in a plain loop of stock tfjs-node's `model.fit`. `grid-tfjs.mjs <folder>`
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readyNative } from "../../packages/engine/native/place.mjs";

// tfjs-node is the one that `npm run native` has made: its own install script cannot fetch a library everywhere.
const tf = createRequire(join(readyNative().folder, "package.json"))("@tensorflow/tfjs-node");
await tf.ready();

const folder = process.argv[2];
const grid = JSON.parse(readFileSync(join(folder, "grid.json"), "utf8"));
const read = (file, shape) => {
  const bytes = readFileSync(join(folder, file));
  return tf.tensor(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), shape);
};

function kernelOf({ init, shape = [] }, seed) {
  const fanIn = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  return init === "he-normal"
    ? tf.initializers.randomNormal({ stddev: Math.sqrt(2 / fanIn), seed })
    : tf.initializers.glorotUniform({ seed });
}

const makers = {
  conv2d: ({ filters, kernel, stride, padding }) => ({
    layer: tf.layers.conv2d,
    args: { filters, kernelSize: kernel, strides: stride, padding },
  }),
  relu: () => ({ layer: tf.layers.reLU, args: {} }),
  "max-pool2d": ({ size }) => ({ layer: tf.layers.maxPooling2d, args: { poolSize: size, strides: size } }),
  flatten: () => ({ layer: tf.layers.flatten, args: {} }),
  dense: ({ units }) => ({ layer: tf.layers.dense, args: { units } }),
};

function build({ layers, learningRate }, { shape, seed }) {
  const model = tf.sequential();
  layers.forEach((written, place) => {
    const { layer, args } = makers[written.kind](written.params);
    const first = place === 0 ? { inputShape: shape } : {};
    const kernel =
      written.init === undefined ? {} : { kernelInitializer: kernelOf(written, 100 * seed + place) };
    model.add(layer({ ...args, ...first, ...kernel }));
  });
  model.compile({
    optimizer: tf.train.adam(learningRate, 0.9, 0.999, 1e-8),
    loss: (target, raw) => tf.losses.softmaxCrossEntropy(target, raw),
  });
  return model;
}

/** One shuffled pass over all examples after the other. */
function rowStream(count) {
  let left = [];
  return (size) => {
    while (left.length < size) {
      const pass = Uint32Array.from({ length: count }, (_, row) => row);
      tf.util.shuffle(pass);
      left = [...left, ...pass];
    }
    return left.splice(0, size);
  };
}

/** Images, one behind the other, with their classes as `fit` wants them; images have mean 0 and spread 1 in training. */
function partsOf(trial, { images, classes, width }) {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(images.gather(tf.tensor1d(trial.train, "int32")));
    const part = (rows) => {
      const chosen = tf.tensor1d(rows, "int32");
      const x = images.gather(chosen).sub(mean).div(variance.sqrt());
      const y = tf.oneHot(classes.gather(chosen).flatten(), width).toFloat();
      return [x.reshape([-1, ...images.shape.slice(2)]), y];
    };
    return [part(trial.train), part(trial.validation), part(grid.test)];
  });
}

/**
 * `fit` has no steps of an epoch, so it is called with as many examples as lie between two looks at the validation part.
 */
async function fitEarlyStopped(model, pipeline, [[x, y], validationData]) {
  const { steps, stepsBetweenChecks, patience } = pipeline;
  const batchSize = Math.min(pipeline.batchSize * pipeline.examples, x.shape[0]);
  const next = rowStream(x.shape[0]);
  let best = Number.POSITIVE_INFINITY;
  let kept = [];
  let waited = 0;
  for (let step = 0; step < steps && waited < patience; step += stepsBetweenChecks) {
    const rows = tf.tensor1d(next(batchSize * Math.min(stepsBetweenChecks, steps - step)), "int32");
    const [xs, ys] = [x.gather(rows), y.gather(rows)];
    const { history } = await model.fit(xs, ys, {
      batchSize,
      epochs: 1,
      shuffle: false,
      validationData,
      verbose: 0,
      yieldEvery: "never",
    });
    tf.dispose([rows, xs, ys]);
    const found = history.val_loss[0];
    waited = found < best ? 0 : waited + 1;
    if (waited > 0) continue;
    tf.dispose(kept);
    best = found;
    kept = model.getWeights().map((weight) => weight.clone());
  }
  model.setWeights(kept);
  tf.dispose(kept);
}

/** Trains one trial and returns its accuracy on the test rows. */
async function train(pipeline, trial, data) {
  const parts = partsOf(trial, data);
  const model = build(pipeline, { shape: data.images.shape.slice(2), seed: trial.seed });
  await fitEarlyStopped(model, pipeline, parts);
  const accuracy = tf.tidy(() => {
    const raw = model.predict(parts[2][0], { batchSize: 256 });
    const answers = raw.argMax(1).reshape([grid.test.length, -1]).sum(1);
    const truth = data.classes.gather(tf.tensor1d(grid.test, "int32")).sum(1);
    return answers.equal(truth.toInt()).mean().dataSync()[0];
  });
  model.optimizer.dispose();
  model.dispose();
  tf.dispose(parts);
  return accuracy;
}

const accuracies = {};
const { file, shape } = grid.images;
for (const pipeline of grid.pipelines) {
  const { id, labels, examples, layers } = pipeline;
  const [rows, height, width, channels] = shape;
  const images = tf.tidy(() =>
    read(file, [rows, height, examples, width / examples, channels]).transpose([0, 2, 1, 3, 4]),
  );
  const classes = tf.tidy(() => read(labels, [rows, examples]).toInt());
  accuracies[id] = {};
  for (const trial of grid.trials) {
    const accuracy = await train(pipeline, trial, { images, classes, width: layers.at(-1).params.units });
    (accuracies[id][trial.budget] ??= []).push(accuracy);
  }
}
process.stdout.write(
  `${JSON.stringify({ about: `tfjs ${tf.version["tfjs-core"]}, ${tf.getBackend()}`, accuracies })}\n`,
);
