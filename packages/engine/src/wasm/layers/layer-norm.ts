import { LAYER_NORM_EPSILON } from "@seams/core/train";
import { times, type Value } from "../build";
import type { Emission, Lowering } from "../lowering";
import type { Place } from "../tape";
import { asColumn, columnLayout, columnOf, distances, end } from "./columns";
import { biasLayout } from "./dense";
import { only } from "./sources";

/** Mean 0 and spread 1 along the last side, then gain and shift; what each place had is kept for the way back. */
export const layerNorm: Lowering = {
  wishes: (_, own) => own,
  layout: ({ group, wish }) => columnLayout(group.shape, wish),
  weights: ({ shape }) => {
    const each = biasLayout(shape.at(-1) ?? 0);
    return { gain: each, shift: each };
  },
  emit: (emission) => {
    const { build, group, weight } = emission;
    const x = asColumn(build, only(emission.sources));
    const y = build.value(group);
    const { places, channels } = columnOf(y.layout);
    const common = { records: times(y.rows), places, channels };
    const moments = { buffer: build.tape.passing(2 * places * build.rowsToHold(y.rows)), offset: 0 };
    build.tape.call("layerNorm", {
      ...common,
      ...end("x", x),
      ...end("y", y),
      gain: weight("gain").address,
      shift: weight("shift").address,
      epsilon: LAYER_NORM_EPSILON,
      moments,
    });
    if (build.learns(y)) build.backward(() => emitBackward(emission, { x, y, moments }));
    return y;
  },
};

interface Ends {
  readonly x: Value;
  readonly y: Value;
  readonly moments: Place;
}

function emitBackward({ build, group, weight }: Emission, { x, y, moments }: Ends): void {
  const { places, channels, first } = columnOf(y.layout);
  const [gain, shift] = [weight("gain"), weight("shift")];
  const passing = (floats: number): Place => ({ buffer: build.tape.passing(floats), offset: 0 });
  const dGain = group.isTrained ? passing(gain.floats) : undefined;
  const dShift = group.isTrained ? passing(shift.floats) : undefined;
  const into = build.learns(x) ? build.gradientInto(x) : undefined;
  build.tape.call("layerNormGradient", {
    records: times(y.rows),
    places,
    channels,
    ...end("x", x),
    gain: gain.address,
    moments,
    dy: { ...build.gradient(y), offset: first },
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
