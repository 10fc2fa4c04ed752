import { type Column, type FieldTypeOf, seed, stream, valuesPerRecord } from "@seams/core";
import { fullColumn, fullSequences, numberClasses, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";
import { DIGIT_PX, DIGITS, type Digits } from "./digits";

/** Decides which digits stand side by side. */
const PAIRING_SEED = seed(1);

/** Pairs by part of the split. Every digit image is in exactly one pair, so no image is on two sides of the split. */
export const PAIRS = { train: 3600, validation: 400, test: 1000 } as const;

/** Two digits side by side. */
export const IMAGE = {
  is: "image",
  heightPx: DIGIT_PX,
  widthPx: 2 * DIGIT_PX,
  channels: 1,
} as const satisfies FieldTypeOf<"image">;
/** The two digits' classes, from left to right. */
export const DIGIT_CLASSES = {
  is: "sequence",
  of: { is: "label", classes: numberClasses(10) },
  maxLength: 2,
} as const satisfies FieldTypeOf<"sequence">;
/** 0 … 18 */
export const SUM = { is: "label", classes: numberClasses(19) } as const satisfies FieldTypeOf<"label">;

/** Which digit images make which pair: pair k is [order[2k], order[2k + 1]], left and right. */
export const pairOrder = (): Int32Array => stream(PAIRING_SEED, "digit-sums", "pairs").permutation(DIGITS);

/** All pairs as records. Their images are laid out when they are first asked for: not every trial looks at one. */
export function pairRecords(source: Digits): Records {
  const order = pairOrder();
  const rows = order.length / 2;
  const digits = Float32Array.from(order, (digit) => source.labels[digit] ?? 0);
  const sum = Float32Array.from(
    { length: rows },
    (_, row) => (digits[2 * row] ?? 0) + (digits[2 * row + 1] ?? 0),
  );
  let image: Column | undefined;
  return {
    rows,
    columns: {
      get image() {
        return (image ??= fullColumn(IMAGE, pairImages(source, order)));
      },
      digits: fullSequences(DIGIT_CLASSES, digits),
      sum: fullColumn(SUM, sum),
    },
    split: splitInBlocks(PAIRS),
  };
}

/** Grey values from 0 to 1 of every pair. */
function pairImages({ images }: Digits, order: Int32Array): Float32Array {
  const image = new Float32Array((order.length / 2) * valuesPerRecord(IMAGE));
  order.forEach((digit, place) => {
    const left = (place % 2) * DIGIT_PX;
    const start = Math.floor(place / 2) * valuesPerRecord(IMAGE) + left;
    for (let y = 0; y < DIGIT_PX; y++) {
      for (let x = 0; x < DIGIT_PX; x++) {
        image[start + y * IMAGE.widthPx + x] = (images[(digit * DIGIT_PX + y) * DIGIT_PX + x] ?? 0) / 255;
      }
    }
  });
  return image;
}
