import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from "@seams/core/train";
import { type Build, times, type Value } from "../build";
import { upTo } from "../layout";
import type { Emission, Lowering } from "../lowering";
import type { Operand, Place } from "../tape";
import { asColumn, columnLayout, columnOf, distances, end } from "./columns";
import { biasLayout } from "./dense";
import { only } from "./sources";

/**
 * Mean 0 and spread 1 of each channel over the records of the call, then gain and shift. Outside of training and where
 * the layer is frozen, the moving statistics stand for the batch's.
 */
export const batchNorm: Lowering = {
  wishes: (_, own) => own,
  layout: ({ group, wish }) => columnLayout(group.shape, wish),
  weights: ({ shape }) => {
    const each = biasLayout(shape.at(-1) ?? 0);
    return { gain: each, shift: each, mean: each, variance: each };
  },
  emit: (emission) => {
    const { build, group, sources, weight } = emission;
    const x = asColumn(build, only(sources));
    const y = build.value(group);
    const moments = emitMoments(emission, x);
    build.tape.call("batchNorm", {
      ...columnsOf(y),
      ...end("x", x),
      ...end("y", y),
      gain: weight("gain").address,
      shift: weight("shift").address,
      moments,
    });
    if (build.learns(y)) build.backward(() => emitBackward(emission, { x, y, moments }));
    return y;
  },
};

const columnsOf = ({ rows, layout }: Value): Record<"records" | "places" | "channels", Operand> => {
  const { places, channels } = columnOf(layout);
  return { records: times(rows), places, channels };
};

const usesBatch = ({ build, group }: Emission): boolean => build.isTraining && group.isTrained;

/** Means and inverse spreads of the channels: the batch's, which move the layer's own, or the layer's own. */
function emitMoments(emission: Emission, x: Value): Place {
  const { build, weight } = emission;
  const { channels } = columnOf(x.layout);
  const moments = passing(build, 2 * upTo(4, channels));
  const statistics = {
    mean: weight("mean").address,
    variance: weight("variance").address,
    epsilon: BATCH_NORM_EPSILON,
    moments,
  };
  if (usesBatch(emission))
    build.tape.call("batchMoments", {
      ...statistics,
      ...columnsOf(x),
      ...end("x", x),
      kept: BATCH_NORM_MOMENTUM,
      taken: 1 - BATCH_NORM_MOMENTUM,
    });
  else build.tape.call("movingMoments", { ...statistics, channels });
  return moments;
}

interface Ends {
  readonly x: Value;
  readonly y: Value;
  readonly moments: Place;
}

function emitBackward(emission: Emission, { x, y, moments }: Ends): void {
  const { build, weight } = emission;
  const [gain, shift] = [weight("gain"), weight("shift")];
  const isBatch = usesBatch(emission);
  const dGain = isBatch ? passing(build, gain.floats) : undefined;
  const dShift = isBatch ? passing(build, shift.floats) : undefined;
  const into = build.learns(x) ? build.gradientInto(x) : undefined;
  build.tape.call("batchNormGradient", {
    ...columnsOf(y),
    ...end("x", x),
    gain: gain.address,
    moments,
    dy: { ...build.gradient(y), offset: columnOf(y.layout).first },
    ...distances("dy", y),
    dx: into === undefined ? 0 : { ...into.place, offset: columnOf(x.layout).first },
    ...distances("dx", x),
    add: into?.add ?? 0,
    dGain: dGain ?? 0,
    dShift: dShift ?? 0,
  });
  if (dGain !== undefined) build.update(gain, dGain);
  if (dShift !== undefined) build.update(shift, dShift);
}

const passing = (build: Build, floats: number): Place => ({
  buffer: build.tape.passing(floats),
  offset: 0,
});
