import { times } from "../build";
import type { Emission, Lowering } from "../lowering";
import {
  emitBackToInput,
  emitSeen,
  emitStepProduct,
  emitTransposed,
  emitWeightSteps,
  gateBias,
  memoryWeights,
  type InTime,
  inTime,
  type Recurrence,
  recurrenceOf,
  yAt,
} from "./recurrent";
import { asRows } from "./rows";
import { columnLayout } from "./columns";
import { only, readerOfKind } from "./sources";

const GATES = 3;

/** Step by step: two products and the gates; with the last step alone where nothing else is read. */
export const gru: Lowering = {
  fuses: ({ layer }, next) => {
    const last = readerOfKind(next(layer.id), "last-step");
    return last === undefined ? [] : [last];
  },
  layout: ({ group }) => columnLayout(group.shape),
  weights: (facts) => ({
    ...memoryWeights(facts, GATES),
    recurrentBias: gateBias(facts.shape[1] ?? 0, GATES),
  }),
  emit: (emission) => {
    const { build, group } = emission;
    const x = asRows(build, only(emission.sources));
    const y = build.value(group);
    const recurrence = recurrenceOf(emission, { x, y, gates: GATES });
    const memory = emitForward(emission, recurrence);
    if (build.learns(y)) build.backward(() => emitBackward(emission, recurrence, memory));
    return y;
  },
};

interface Memory {
  readonly states: InTime;
  readonly gates: InTime;
  readonly inner: InTime;
}

function emitForward({ weight }: Emission, recurrence: Recurrence): Memory {
  const { build, y, steps, width } = recurrence;
  const isKept = build.learns(y);
  const states = inTime(recurrence, { steps: steps + 1, count: width, kept: true });
  const seen = inTime(recurrence, { steps: 1, count: GATES * width }).at(0);
  const kept = inTime(recurrence, { steps: 1, count: GATES * width }).at(0);
  const gates = inTime(recurrence, { steps: isKept ? steps : 0, count: GATES * width });
  const inner = inTime(recurrence, { steps: isKept ? steps : 0, count: width });
  for (let step = 0; step < steps; step++) {
    emitSeen(recurrence, { step, kernel: weight("kernel"), bias: weight("bias"), sums: seen });
    emitStepProduct(recurrence, {
      a: states.at(step),
      aStride: states.recordBytes,
      inner: width,
      w: weight("recurrent").address,
      bias: weight("recurrentBias").address,
      c: kept,
      cStride: 4 * GATES * width,
      panels: (GATES * width) / 8,
      add: 0,
    });
    build.tape.call("gruStep", {
      records: times(y.rows),
      width,
      seen,
      kept,
      before: states.at(step),
      after: states.at(step + 1),
      y: yAt(recurrence, step) ?? 0,
      yRecord: 4 * y.layout.stride,
      gates: isKept ? gates.at(step) : 0,
      inner: isKept ? inner.at(step) : 0,
    });
  }
  return { states, gates, inner };
}

function emitBackward(
  { weight, group }: Emission,
  recurrence: Recurrence,
  { states, gates, inner }: Memory,
): void {
  const { build, x, y, steps, width, room } = recurrence;
  const dSeen = inTime(recurrence, { steps, count: GATES * width });
  const dKept = inTime(recurrence, { steps, count: GATES * width });
  const dh = inTime(recurrence, { steps: 1, count: width }).at(0);
  const turned = emitTransposed(recurrence, weight("recurrent"), width);
  build.tape.call("clear", { to: dh, bytes: 4 * room * width });
  for (let step = steps - 1; step >= 0; step--) {
    build.tape.call("gruStepGradient", {
      records: times(y.rows),
      width,
      gates: gates.at(step),
      inner: inner.at(step),
      before: states.at(step),
      dh,
      dy: yAt(recurrence, step, build.gradient(y)) ?? 0,
      dyRecord: 4 * y.layout.stride,
      dSeen: dSeen.at(step),
      dKept: dKept.at(step),
    });
    if (step === 0) continue;
    emitStepProduct(recurrence, {
      a: dKept.at(step),
      aStride: dKept.recordBytes,
      inner: GATES * width,
      w: turned,
      bias: 0,
      c: dh,
      cStride: 4 * width,
      panels: width / 8,
      add: 1,
    });
  }
  const kernel = weight("kernel");
  if (build.learns(x)) emitBackToInput(recurrence, kernel, dSeen);
  if (!group.isTrained) return;
  const [bias, recurrentBias] = [weight("bias"), weight("recurrentBias")];
  emitWeightSteps(recurrence, { name: "kernel", states, dSums: dSeen }, { kernel, bias });
  const recurrent = weight("recurrent");
  emitWeightSteps(
    recurrence,
    { name: "recurrent", states, dSums: dKept },
    { kernel: recurrent, bias: recurrentBias },
  );
}
