import { times, type Value } from "../build";
import type { Emission, Lowering } from "../lowering";
import { asColumn, columnLayout, columnOf, distances, end } from "./columns";
import { only } from "./sources";

/** exp xₖ / Σⱼ exp xⱼ along the last side. */
export const softmax: Lowering = probabilities("softmax");

/** 1 / (1 + exp −x). */
export const sigmoid: Lowering = probabilities("sigmoid");

function probabilities(kernel: "softmax" | "sigmoid"): Lowering {
  return {
    layout: ({ group }) => columnLayout(group.shape),
    emit: (emission) => emit(kernel, emission),
  };
}

function emit(kernel: "softmax" | "sigmoid", { build, group, sources }: Emission): Value {
  const x = asColumn(build, only(sources));
  const y = build.value(group);
  const { places, channels, first } = columnOf(y.layout);
  const common = { records: times(y.rows), places, channels };
  build.tape.call(kernel, { ...common, ...end("x", x), ...end("y", y) });
  if (!build.learns(y)) return y;
  build.backward(() => {
    const { place, add } = build.gradientInto(x);
    build.tape.call(`${kernel}Gradient`, {
      ...common,
      ...end("y", y),
      ...distances("dy", y),
      dy: { ...build.gradient(y), offset: first },
      ...distances("dx", x),
      dx: { ...place, offset: columnOf(x.layout).first },
      add,
    });
  });
  return y;
}
