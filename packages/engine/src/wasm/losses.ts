import { divisor, type LossName, type StepLoss } from "@seams/core/train";
import { targetSize } from "../spec-facts";
import type { RowTarget } from "./bound";
import { at, type Build, times, type Value } from "./build";
import { rowLayout } from "./layout";
import type { LaidOut, Place } from "./tape";

/** Of a loss. */
interface LossKernel {
  readonly name: string;
  /** Floats that it works in. */
  scratch(head: StepLoss): number;
}

const slotScratch = ({ width }: StepLoss): number => width + 4;

const kernelOf: Readonly<Record<LossName, LossKernel>> = {
  "softmax-cross-entropy": { name: "softmaxLoss", scratch: slotScratch },
  "sigmoid-cross-entropy": { name: "sigmoidLoss", scratch: slotScratch },
  "squared-error": { name: "squaredLoss", scratch: slotScratch },
  "smooth-l1": { name: "smoothLoss", scratch: slotScratch },
  ctc: {
    name: "ctcLoss",
    scratch: ({ slots, width }) => 2 * (slots * (slots + width + 5) + 2 * slots + width + 5) + 2 * slots + 21,
  },
};

/** A head's arrays. */
export interface HeadPlaces {
  readonly target: Place;
  readonly mask: Place;
  /** Two doubles: of the labelled slots' losses, and of the masks. */
  readonly sums: Place;
}

/**
 * Adds a head's loss, and in training its gradient by the raw values.
 * @throws Error when the output has other values than the head says
 */
export function emitLoss(build: Build, head: StepLoss, output: Value): HeadPlaces {
  const { tape } = build;
  const raw = withWholeSlots(build, head, output);
  const kernel = kernelOf[head.loss];
  const places = {
    target: { buffer: tape.kept(build.capacity * targetSize(head)), offset: 0 },
    mask: { buffer: tape.kept(build.capacity * head.slots), offset: 0 },
    sums: { buffer: tape.kept(4), offset: 0 },
  };
  const starts = Int32Array.from(
    { length: head.slots },
    (_, slot) => 4 * (raw.layout.places[slot * head.width] ?? 0),
  );
  tape.call(kernel.name, {
    rows: times(raw.rows),
    slots: head.slots,
    width: head.width,
    raw: at(raw),
    rawRow: 4 * raw.layout.stride,
    starts: tape.table(starts),
    ...places,
    dRaw: build.learns(raw) ? build.gradientInto(raw).place : 0,
    dRawRow: 4 * raw.layout.stride,
    scale: (records) =>
      head.normalise === "labelled"
        ? head.weight / head.unit
        : head.weight / (divisor(head, { rows: records, labelled: 0 }) * head.unit),
    perLabel: head.normalise === "labelled" ? 1 : 0,
    scratch: { buffer: tape.passing(kernel.scratch(head)), offset: 0 },
  });
  return places;
}

/**
 * A head's raw values with those of each slot side by side, and nobody else's gradient in them yet: a copy where it is
 * otherwise.
 */
function withWholeSlots(build: Build, { slots, width }: StepLoss, value: Value): Value {
  const { places } = value.layout;
  if (places.length !== slots * width)
    throw new Error(`stepper: a head of ${slots} × ${width} values reads ${places.length}.`);
  const isWhole = places.every(
    (place, index) => place === (places[index - (index % width)] ?? 0) + (index % width),
  );
  return isWhole && !value.storage.hasGradient ? value : build.relaid(value, rowLayout(places.length));
}

/** Where a head's target and mask must be before a run; nothing where it has no places. */
export function labelArrays(
  head: StepLoss,
  places: HeadPlaces | undefined,
  tape: LaidOut,
): readonly RowTarget[] {
  if (places === undefined) return [];
  const array = (name: string, place: Place, size: number): RowTarget => ({
    name,
    address: tape.addressOf(place),
    stride: size,
    pieces: [{ from: 0, to: 0, length: size }],
  });
  return [array(head.target, places.target, targetSize(head)), array(head.mask, places.mask, head.slots)];
}
