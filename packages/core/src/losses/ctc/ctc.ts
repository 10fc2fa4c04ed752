import { entropy } from "../constant-predictor";
import type { LossKind } from "../loss";
import { decodeFrames } from "./ctc-decode";
import { ctcLoss, NO_SYMBOL } from "./ctc-loss";
import { symbolTargets } from "./ctc-targets";

/**
 * Of symbols along frames. Slots are the frames of a record, and the last of a frame's values is the blank's. In place of
 * a best constant stands what somebody loses who knows where a record's symbols are, but not which: their entropy times
 * how many there are a frame.
 */
export const ctc: LossKind = {
  summary:
    "Connectionist temporal classification: −log of the probability that a record's frames say its symbols, repeats made one and blanks left out, wherever each stands; an equal part of it on each frame. Computed in the log domain.",
  source: "Graves, Fernández, Gomez & Schmidhuber, Connectionist Temporal Classification (2006)",
  slotLosses: ctcLoss,
  hasIndexTargets: true,
  noTarget: NO_SYMBOL,
  isNumeric: false,
  constantLoss({ target, mask }) {
    const symbols = [...target].filter((symbol, slot) => (mask[slot] ?? 0) > 0 && symbol >= 0);
    const frames = mask.reduce((sum, counts) => sum + (counts > 0 ? 1 : 0), 0);
    return symbols.length === 0 ? 0 : (entropy(symbols) * symbols.length) / frames;
  },
  frames: {
    targets: symbolTargets,
    // That there are no symbols is something to learn, too.
    isLabelled: ({ lengths }, row) => (lengths?.[row] ?? -1) >= 0,
    decode: decodeFrames,
  },
  eagerOnNative: "the ctc loss is computed in JavaScript and has no native program",
};
