import { at, type Build, times, type Value } from "../build";
import { upTo } from "../layout";
import type { Emission, Lowering } from "../lowering";
import type { Operand, Place } from "../tape";
import { columnLayout } from "./columns";
import { biasLayout, kernelLayout } from "./dense";
import { wholeParam } from "./params";
import { gateBias, gatePanels } from "./recurrent";
import { asRows, emitInputGradient, emitProduct, emitWeightStep, rowsOf } from "./rows";
import { only } from "./sources";

/** Queries, keys and values. */
const PARTS = 3;

/** One product for queries, keys and values, heads each from a panel on; then step by step; then one product more. */
export const attention: Lowering = {
  layout: ({ group }) => columnLayout(group.shape),
  weights: ({ layer, shape }) => {
    const { heads, values, width } = headsOf(wholeParam(layer, "heads"), shape.at(-1) ?? 0);
    const size = heads * values;
    const rows = Int32Array.from(
      { length: size },
      (_, row) => Math.floor(row / values) * width + (row % values),
    );
    return {
      kernel: gatePanels(size, values, PARTS * heads),
      bias: gateBias(values, PARTS * heads),
      output: kernelLayout(rows, heads * width, size),
      outputBias: biasLayout(size),
    };
  },
  emit: (emission) => {
    const { build, group, weight } = emission;
    const { facts, learning } = group;
    const [steps = 0, size = 0] = facts.shape;
    const heads = headsOf(wholeParam(facts.layer, "heads"), size);
    const x = asRows(build, only(emission.sources));
    const across = (parts: number): Value =>
      build.value({
        layout: columnLayout([steps, parts * heads.heads * heads.width]),
        rows: x.rows,
        learning,
      });
    const sums = across(PARTS);
    emitProduct(build, { x, y: sums }, { kernel: weight("kernel").address, bias: weight("bias").address });
    const taken = across(1);
    const between = emitAttend(emission, { heads, sums, taken });
    const y = build.value(group);
    emitProduct(
      build,
      { x: taken, y },
      { kernel: weight("output").address, bias: weight("outputBias").address },
    );
    if (build.learns(y)) build.backward(() => emitBackward(emission, { x, sums, taken, y, between }));
    return y;
  },
};

interface Heads {
  readonly heads: number;
  /** Values of a head, and floats with those that pad it. */
  readonly values: number;
  readonly width: number;
}

const headsOf = (heads: number, size: number): Heads => ({
  heads,
  values: size / heads,
  width: upTo(8, size / heads),
});

/** What both kernels between steps are called with. */
type Between = Readonly<Record<string, Operand>> & { readonly shares: Place };

function emitAttend(
  { build, group }: Emission,
  { heads, sums, taken }: { readonly heads: Heads; readonly sums: Value; readonly taken: Value },
): Between {
  const { steps, rows } = { steps: group.facts.shape[0] ?? 0, rows: rowsOf(sums.layout) };
  const share = upTo(4, steps);
  const isKept = build.learns(sums);
  const kept = isKept ? Math.ceil(build.capacity * sums.rows) * heads.heads : 1;
  const between = {
    records: times(sums.rows),
    steps,
    heads: heads.heads,
    size: heads.width,
    sums: at(sums),
    sumsStep: 4 * rows.stride,
    scale: 1 / Math.sqrt(heads.values),
    shares: passing(build, kept * steps * share),
    sharesHead: isKept ? 4 * steps * share : 0,
    turned: passing(build, heads.width * share),
  };
  build.tape.call("attend", {
    ...between,
    causal: group.facts.layer.params["causal"] === true ? 1 : 0,
    y: at(taken),
    yStep: 4 * rowsOf(taken.layout).stride,
  });
  return between;
}

const passing = (build: Build, floats: number): Place => ({ buffer: build.tape.passing(floats), offset: 0 });

/** Gradients are made with the weights as they were, before their steps. */
function emitBackward(
  { build, group, weight }: Emission,
  {
    x,
    sums,
    taken,
    y,
    between,
  }: {
    readonly x: Value;
    readonly sums: Value;
    readonly taken: Value;
    readonly y: Value;
    readonly between: Between;
  },
): void {
  const [kernel, output] = [weight("kernel"), weight("output")];
  const steps = group.facts.shape[0] ?? 0;
  emitInputGradient(build, { x: taken, y }, output.address);
  if (group.isTrained) emitWeightStep(build, { x: taken, y }, { kernel: output, bias: weight("outputBias") });
  build.tape.call("attendGradient", {
    ...between,
    dy: build.gradient(taken),
    dyStep: 4 * rowsOf(taken.layout).stride,
    dSums: build.gradientInto(sums).place,
    slopes: passing(build, steps * upTo(4, steps)),
  });
  if (build.learns(x)) emitInputGradient(build, { x, y: sums }, kernel.address);
  if (group.isTrained) emitWeightStep(build, { x, y: sums }, { kernel, bias: weight("bias") });
}
