import type { FieldTypeOf } from "@seams/core";
import { ANCHOR_ROWS, anchorStream } from "../anchors";
import { fullColumn, numberClasses, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";

/** How often each stage sees the wrong bit: all that it can't know, and so its error rate. */
const ERROR_RATES = [0.1, 0.2, 0.15] as const;
const STAGES = ERROR_RATES.length;

export const BIT = { is: "label", classes: ["0", "1"] } as const satisfies FieldTypeOf<"label">;
/** Two bits, and three: the answer is right iff all three bits are. */
export const PAIR = { is: "label", classes: numberClasses(4) } as const satisfies FieldTypeOf<"label">;
export const TRIPLE = { is: "label", classes: numberClasses(8) } as const satisfies FieldTypeOf<"label">;

/** Three true bits; each is seen with errors; the labels are the bits so far. `shifted` is turned round in training rows. */
export function attributionRecords(): Records {
  const rows = ANCHOR_ROWS.train + ANCHOR_ROWS.validation + ANCHOR_ROWS.test;
  const split = splitInBlocks(ANCHOR_ROWS);
  const random = anchorStream("anchor-f");
  const bits = Array.from({ length: STAGES }, () => new Float32Array(rows));
  const seen = Array.from({ length: STAGES }, () => new Float32Array(rows));
  for (let row = 0; row < rows; row++) {
    ERROR_RATES.forEach((rate, k) => {
      const bit = random.uniform() < 0.5 ? 1 : 0;
      const isWrong = random.uniform() < rate;
      const [truth, sight] = [bits[k], seen[k]];
      if (truth === undefined || sight === undefined) throw new Error("anchor-f: a stage has no bits");
      truth[row] = bit;
      sight[row] = isWrong ? 1 - bit : bit;
    });
  }
  const soFar = (stages: number): Float32Array =>
    Float32Array.from({ length: rows }, (_, row) =>
      bits.slice(0, stages).reduce((sum, bit) => 2 * sum + (bit[row] ?? 0), 0),
    );
  const first = soFar(1);
  return {
    rows,
    columns: {
      seen1: fullColumn(BIT, seen[0] ?? first),
      seen2: fullColumn(BIT, seen[1] ?? first),
      seen3: fullColumn(BIT, seen[2] ?? first),
      one: fullColumn(BIT, first),
      shifted: fullColumn(
        BIT,
        first.map((bit, row) => (split[row] === "train" ? 1 - bit : bit)),
      ),
      two: fullColumn(PAIR, soFar(2)),
      y: fullColumn(TRIPLE, soFar(STAGES)),
    },
    split,
  };
}
