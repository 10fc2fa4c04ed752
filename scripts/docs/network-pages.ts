import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { layerKinds } from "../../packages/core/src/index";
import { lossKinds } from "../../packages/core/src/train/index";
import { lowerings } from "../../packages/engine/src/wasm/layers/index";
import { EXAMPLE_TYPES, plannedLosses } from "./example-types";
import { page, type Pages, table } from "./pages";

/** What networks are made of, and what they are trained by. */
export function networkPages(): Pages {
  const layers = Object.values(layerKinds).map(({ kind, summary, toKeras }) => [
    `\`${kind}\``,
    summary,
    lowerings[kind] === undefined ? "op by op" : "step program",
    toKeras === undefined ? "none" : "yes",
  ]);
  return {
    "reference/layers.md": page(
      "# Layers",
      "A network is a list of these; shapes, weights, cost, training and export follow from the list. Each kind has one folder in `packages/core/src/layers`. On the wasm backend a network runs as a step program where all its layers have one, else op by op.",
      table(["Layer", "What it does", "On wasm", "Keras counterpart"], layers),
    ),
    "reference/losses.md": lossPage(),
  };
}

const LOSSES = "../../packages/core/src/train/losses.ts";

/** What applies to every loss is told by the comments of the functions that compute it: nothing is said twice. */
function lossPage(): string {
  const path = fileURLToPath(new URL(LOSSES, import.meta.url));
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const functions = new Map(
    source.statements.filter(ts.isFunctionDeclaration).map((one) => [one.name?.text ?? "", one]),
  );
  const wordsOf = (name: string): string => {
    const words = commentOf(functions.get(name));
    if (words === undefined) throw new Error(`docs: ${LOSSES} has no comment for ${name}`);
    return words;
  };
  const types = EXAMPLE_TYPES.flatMap(({ words, type }) => plannedLosses(type).map((loss) => [words, loss]));
  const rows = Object.entries(lossKinds).map(([loss, { summary, source: from }]) => [
    `\`${loss}\``,
    types
      .filter(([, of]) => of === loss)
      .map(([words]) => words)
      .join(", "),
    from === undefined ? summary : `${summary} Source: ${from}.`,
  ]);
  return page(
    "# Losses",
    "A head’s loss follows from the type of its label; a transcriber learns by `ctc`.",
    table(["Loss", "Labels", "Of one slot"], rows),
    "A slot is what can be missing by itself: a record’s label, one flag, or one element of a sequence; for `ctc` a frame, and all of a record’s are labelled or none.",
    "## Masks",
    wordsOf("slotLosses"),
    "## What a head’s sum is divided by",
    `${wordsOf("divisor")} The stage’s param \`normalise\` chooses.`,
    "With `unitScale` a head’s loss is also divided by that of the best constant prediction on the training rows, so that a weight of 1 means the same for every head.",
  );
}

/** A comment's text, its paragraphs kept. */
function commentOf(node: ts.FunctionDeclaration | undefined): string | undefined {
  const [comment] = node === undefined ? [] : ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comment?.comment);
}
