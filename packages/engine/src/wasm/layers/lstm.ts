import { times } from "../build";
import type { Emission, Lowering } from "../lowering";
import { columnLayout } from "./columns";
import { gru } from "./gru";
import {
  emitBackToInput,
  emitSeen,
  emitStepProduct,
  emitTransposed,
  emitWeightSteps,
  memoryWeights,
  type InTime,
  inTime,
  type Recurrence,
  recurrenceOf,
  yAt,
} from "./recurrent";
import { asRows } from "./rows";
import { only } from "./sources";

const GATES = 4;

/** Step by step: two products into the same sums, and the gates; with the last step alone as a GRU. */
export const lstm: Lowering = {
  ...(gru.fuses === undefined ? {} : { fuses: gru.fuses }),
  layout: ({ group }) => columnLayout(group.shape),
  weights: (facts) => memoryWeights(facts, GATES),
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
  readonly cells: InTime;
  readonly gates: InTime;
}

function emitForward({ weight }: Emission, recurrence: Recurrence): Memory {
  const { build, y, steps, width } = recurrence;
  const isKept = build.learns(y);
  const states = inTime(recurrence, { steps: steps + 1, count: width, kept: true });
  const cells = inTime(recurrence, { steps: steps + 1, count: width, kept: true });
  const sums = inTime(recurrence, { steps: 1, count: GATES * width }).at(0);
  const gates = inTime(recurrence, { steps: isKept ? steps : 0, count: GATES * width });
  for (let step = 0; step < steps; step++) {
    emitSeen(recurrence, { step, kernel: weight("kernel"), bias: weight("bias"), sums });
    if (step > 0) {
      emitStepProduct(recurrence, {
        a: states.at(step),
        aStride: states.recordBytes,
        inner: width,
        w: weight("recurrent").address,
        bias: 0,
        c: sums,
        cStride: 4 * GATES * width,
        panels: (GATES * width) / 8,
        add: 1,
      });
    }
    build.tape.call("lstmStep", {
      records: times(y.rows),
      width,
      sums,
      before: cells.at(step),
      after: cells.at(step + 1),
      h: states.at(step + 1),
      y: yAt(recurrence, step) ?? 0,
      yRecord: 4 * y.layout.stride,
      gates: isKept ? gates.at(step) : 0,
    });
  }
  return { states, cells, gates };
}

function emitBackward(
  { weight, group }: Emission,
  recurrence: Recurrence,
  { states, cells, gates }: Memory,
): void {
  const { build, x, y, steps, width, room } = recurrence;
  const dSums = inTime(recurrence, { steps, count: GATES * width });
  const dh = inTime(recurrence, { steps: 1, count: width }).at(0);
  const dc = inTime(recurrence, { steps: 1, count: width }).at(0);
  const turned = emitTransposed(recurrence, weight("recurrent"), width);
  for (const to of [dh, dc]) build.tape.call("clear", { to, bytes: 4 * room * width });
  for (let step = steps - 1; step >= 0; step--) {
    build.tape.call("lstmStepGradient", {
      records: times(y.rows),
      width,
      gates: gates.at(step),
      before: cells.at(step),
      after: cells.at(step + 1),
      dh,
      dy: yAt(recurrence, step, build.gradient(y)) ?? 0,
      dyRecord: 4 * y.layout.stride,
      dc,
      dSums: dSums.at(step),
    });
    if (step === 0) continue;
    emitStepProduct(recurrence, {
      a: dSums.at(step),
      aStride: dSums.recordBytes,
      inner: GATES * width,
      w: turned,
      bias: 0,
      c: dh,
      cStride: 4 * width,
      panels: width / 8,
      add: 0,
    });
  }
  const kernel = weight("kernel");
  if (build.learns(x)) emitBackToInput(recurrence, kernel, dSums);
  if (!group.isTrained) return;
  emitWeightSteps(recurrence, { name: "kernel", states, dSums }, { kernel, bias: weight("bias") });
  const recurrent = weight("recurrent");
  emitWeightSteps(recurrence, { name: "recurrent", states, dSums }, { kernel: recurrent, bias: undefined });
}
