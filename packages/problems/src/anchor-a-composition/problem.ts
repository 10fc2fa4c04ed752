import type { FieldTypeOf } from "@seams/core";
import { ANCHOR_ROWS, ANCHOR_SOURCE, anchorStream } from "../anchors";
import { fullColumn, fullSequences, numberClasses, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";
import { drawGlyphs } from "../glyphs";
import { defineProblem } from "../problem";
import { pipelines } from "./pipelines";

const CLASSES = 5;
const GLYPHS = 3;
const GLYPH = { is: "vector", size: 8 } as const satisfies FieldTypeOf<"vector">;
const DIGIT = { is: "label", classes: numberClasses(CLASSES) } as const satisfies FieldTypeOf<"label">;
const glyphsType = { is: "sequence", of: GLYPH, maxLength: GLYPHS } as const;
const digitsType = { is: "sequence", of: DIGIT, maxLength: GLYPHS } as const;

/** y = (d₁ + d₂ + d₃) mod 5: any one glyph alone says nothing about y. */
function records(): Records {
  const rows = ANCHOR_ROWS.train + ANCHOR_ROWS.validation + ANCHOR_ROWS.test;
  const kind = { classes: CLASSES, size: GLYPH.size, noise: 0.6 };
  const { values, classes } = drawGlyphs(kind, rows * GLYPHS, anchorStream("anchor-a"));
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const digits = classes.subarray(row * GLYPHS, (row + 1) * GLYPHS);
    return digits.reduce((sum, digit) => sum + digit, 0) % CLASSES;
  });
  return {
    rows,
    columns: {
      glyphs: fullSequences(glyphsType, values),
      digits: fullSequences(digitsType, classes),
      y: fullColumn(DIGIT, y),
    },
    split: splitInBlocks(ANCHOR_ROWS),
  };
}

/** Anchor A: a problem that is a composition. The pipeline must win at every budget. */
export const anchorA = defineProblem({
  id: "anchor-a-composition",
  title: "Anchor A: three synthetic glyphs, their sum mod 5",
  summary:
    "Three noisy glyphs of five classes; the answer is the sum of their classes mod 5. Reading each glyph with one shared network wins at every budget.",
  lessons: ["decomposition"],
  provenance: {
    ...ANCHOR_SOURCE,
    hash: "fa668ddd705ea04d2e42609971dd5f59f86d33a7e8511774dc12d1a537b11baf",
    text: "Each class has a centre drawn from a normal distribution in 8 dimensions; a glyph is its class's centre plus normal noise. The answer is known to need all three glyphs, so a network without the seam has to see most of the 125 combinations.",
  },
  rows: ANCHOR_ROWS,
  schema: {
    fields: { glyphs: glyphsType, digits: { ...digitsType, price: 1 }, y: { ...DIGIT, price: 1 } },
    input: ["glyphs"],
    target: ["y"],
    metric: "accuracy",
    split: { column: "split" },
  },
  records,
  pipelines,
});
