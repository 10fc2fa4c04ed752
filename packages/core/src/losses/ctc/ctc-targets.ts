import { type Column, slotsPerRecord, valuesPerRecord } from "../../data/column";
import { framesFor } from "../../graph/symbols";
import type { SlotTargets } from "../loss";
import { NO_SYMBOL } from "./ctc-loss";

/**
 * Texts, or sequences of classes, as targets of a head with so many frames. A record counts as a whole: one without a
 * value, with an element missing, or with a symbol that is none of the field's does not.
 * @param counts whether a record may be learned from at all
 * @returns each record's symbols from the front, then −1; masks 1 in all frames of a record that counts, else 0
 */
export function symbolTargets(
  column: Column,
  { frames, symbols }: { readonly frames: number; readonly symbols: number },
  counts: (row: number) => boolean,
): SlotTargets {
  const { type, rows, data, present, lengths } = column;
  const [most, slots] = [valuesPerRecord(type), slotsPerRecord(type)];
  const target = new Float32Array(rows * frames).fill(NO_SYMBOL);
  const mask = new Float32Array(rows * frames);
  for (let row = 0; row < rows; row++) {
    const length = lengths?.[row] ?? most;
    if (length < 0 || framesFor(length) > frames || !counts(row)) continue;
    const there = present.subarray(row * slots, row * slots + (slots === 1 ? 1 : length));
    const written = data.subarray(row * most, row * most + length);
    if (there.includes(0) || written.some((symbol) => symbol < 0 || symbol >= symbols)) continue;
    target.set(written, row * frames);
    mask.fill(1, row * frames, (row + 1) * frames);
  }
  return { target, mask };
}
