import { type Column, slotsPerRecord, valuesPerRecord } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { symbolsOf } from "../../graph/symbols";

/**
 * Raw values of frames as what they say: each frame's likeliest symbol, repeats made one, blanks left out (best-path
 * decoding). What is longer than the type's longest value is cut there.
 * @param isThere whether a record's inputs are
 * @see Graves et al. (2006), equation 4
 */
export function decodeFrames(
  raw: Float32Array,
  { type, rows }: { readonly type: FieldType; readonly rows: number },
  isThere: (row: number) => boolean,
): Column {
  const symbols = symbolsOf(type);
  if (symbols === undefined) throw new Error(`ctc: no frames say a ${type.is}`);
  const width = symbols + 1;
  const [most, slots] = [valuesPerRecord(type), slotsPerRecord(type)];
  const frames = rows === 0 ? 0 : raw.length / rows / width;
  const data = new Float32Array(rows * most);
  const present = new Uint8Array(rows * slots);
  const lengths = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    if (!isThere(row)) continue;
    const said = bestPath(raw.subarray(row * frames * width, (row + 1) * frames * width), width).slice(
      0,
      most,
    );
    data.set(said, row * most);
    lengths[row] = said.length;
    present.fill(1, row * slots, row * slots + (slots === 1 ? 1 : said.length));
  }
  return { type, rows, data, present, lengths };
}

function bestPath(raw: Float32Array, width: number): readonly number[] {
  const said: number[] = [];
  let before = width - 1;
  for (let start = 0; start < raw.length; start += width) {
    let best = 0;
    for (let k = 1; k < width; k++) if ((raw[start + k] ?? 0) > (raw[start + best] ?? 0)) best = k;
    if (best !== before && best !== width - 1) said.push(best);
    before = best;
  }
  return said;
}
