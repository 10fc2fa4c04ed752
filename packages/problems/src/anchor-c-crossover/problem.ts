import type { FieldTypeOf } from "@seams/core";
import { ANCHOR_ROWS, ANCHOR_SOURCE, anchorStream } from "../anchors";
import { fullColumn, fullSequences, numberClasses, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";
import { drawGlyphs } from "../glyphs";
import { defineProblem } from "../problem";
import { pipelines } from "./pipelines";

const CLASSES = 4;
const GLYPHS = 2;
/** Above it, `extra` adds one to the answer. */
const EXTRA_ADDS_FROM = 0.67;
const GLYPH = { is: "vector", size: 8 } as const satisfies FieldTypeOf<"vector">;
const DIGIT = { is: "label", classes: numberClasses(CLASSES) } as const satisfies FieldTypeOf<"label">;
const EXTRA = { is: "scalar" } as const satisfies FieldTypeOf<"scalar">;
const glyphsType = { is: "sequence", of: GLYPH, maxLength: GLYPHS } as const;
const digitsType = { is: "sequence", of: DIGIT, maxLength: GLYPHS } as const;

/** y = (d₁ + d₂ + [extra > .67]) mod 4. */
function records(): Records {
  const rows = ANCHOR_ROWS.train + ANCHOR_ROWS.validation + ANCHOR_ROWS.test;
  const random = anchorStream("anchor-c");
  const kind = { classes: CLASSES, size: GLYPH.size, noise: 0.6 };
  const { values, classes } = drawGlyphs(kind, rows * GLYPHS, random);
  const extra = Float32Array.from({ length: rows }, () => random.uniform());
  const y = extra.map((value, row) => {
    const digits = (classes[row * GLYPHS] ?? 0) + (classes[row * GLYPHS + 1] ?? 0);
    return (digits + (value > EXTRA_ADDS_FROM ? 1 : 0)) % CLASSES;
  });
  return {
    rows,
    columns: {
      glyphs: fullSequences(glyphsType, values),
      extra: fullColumn(EXTRA, extra),
      digits: fullSequences(digitsType, classes),
      y: fullColumn(DIGIT, y),
    },
    split: splitInBlocks(ANCHOR_ROWS),
  };
}

/** Anchor C: a pipeline whose rule is incomplete. It must win with little data and lose with much. */
export const anchorC = defineProblem({
  id: "anchor-c-crossover",
  title: "Anchor C: two synthetic glyphs and a rule half known",
  summary:
    "The answer is the sum of two glyphs mod 4, plus one where a third input is large. The pipeline doesn't know that rule: it wins with little data, end to end wins with much.",
  lessons: ["decomposition"],
  provenance: {
    ...ANCHOR_SOURCE,
    hash: "0f0b0e95c10d36f9d1c0a3da84adbfa5363e25706676fda2db1a773da0fc91de",
    text: "Glyphs are centres in 8 dimensions plus normal noise; `extra` is uniform between 0 and 1 and adds one to the sum above .67. A pipeline that only adds the glyphs is right at most about 67 % of the time.",
  },
  rows: ANCHOR_ROWS,
  schema: {
    fields: {
      glyphs: glyphsType,
      extra: EXTRA,
      digits: { ...digitsType, price: 1 },
      y: { ...DIGIT, price: 1 },
    },
    input: ["glyphs", "extra"],
    target: ["y"],
    metric: "accuracy",
    split: { column: "split" },
  },
  records,
  pipelines,
});
