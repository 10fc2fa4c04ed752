import { type Column, valuesPerRecord } from "../../data/column";
import type { FieldTypeOf } from "../../graph/field-type";

/** Cuts each image into tiles, row by row. Each shows `overlap` pixels of its neighbours at its left and right. */
export function cutTiles(image: Column, type: FieldTypeOf<"sequence">, overlap: number): Column {
  const { of, maxLength: tiles } = type;
  if (image.type.is !== "image" || of.is !== "image") throw new Error("crop: tiles are cut from images");
  const { widthPx, channels } = image.type;
  const perImage = valuesPerRecord(image.type);
  const own = of.widthPx - 2 * overlap;
  const columns = widthPx / own;
  const line = of.widthPx * channels;
  const data = new Float32Array(image.rows * valuesPerRecord(type));
  const present = new Uint8Array(image.rows * tiles);
  const lengths = new Int32Array(image.rows).fill(-1);
  for (let row = 0; row < image.rows; row++) {
    if (image.present[row] !== 1) continue;
    lengths[row] = tiles;
    present.fill(1, row * tiles, (row + 1) * tiles);
    let write = row * valuesPerRecord(type);
    for (let tile = 0; tile < tiles; tile++) {
      const top = Math.floor(tile / columns) * of.heightPx;
      const left = (tile % columns) * own - overlap;
      const [from, to] = [Math.max(left, 0), Math.min(left + of.widthPx, widthPx)];
      for (let y = top; y < top + of.heightPx; y++, write += line) {
        const read = row * perImage + (y * widthPx + from) * channels;
        const start = write + (from - left) * channels;
        for (let k = 0; k < (to - from) * channels; k++) data[start + k] = image.data[read + k] ?? 0;
      }
    }
  }
  return { type, rows: image.rows, data, present, lengths };
}

/**
 * Cuts a box (centre x, centre y, width, height in parts of the frame) out of each image and resizes it bilinearly.
 * Pixel centres stand at half pixels; beyond the frame the nearest edge is repeated.
 */
export function cropBoxes(image: Column, box: Column, type: FieldTypeOf<"image">): Column {
  if (image.type.is !== "image") throw new Error("crop: boxes are cut out of images");
  const { heightPx, widthPx, channels } = image.type;
  const from = valuesPerRecord(image.type);
  const to = valuesPerRecord(type);
  const data = new Float32Array(image.rows * to);
  const present = new Uint8Array(image.rows);
  for (let row = 0; row < image.rows; row++) {
    if (image.present[row] !== 1 || box.present[row] !== 1) continue;
    present[row] = 1;
    const [centreX = 0, centreY = 0, width = 0, height = 0] = box.data.subarray(row * 4, row * 4 + 4);
    const across = samples({ centre: centreX, size: width, from: widthPx, to: type.widthPx });
    const down = samples({ centre: centreY, size: height, from: heightPx, to: type.heightPx });
    let write = row * to;
    for (const y of down) {
      const upper = row * from + y.low * widthPx * channels;
      const lower = row * from + y.high * widthPx * channels;
      for (const x of across) {
        for (let channel = 0; channel < channels; channel++) {
          const left = x.low * channels + channel;
          const right = x.high * channels + channel;
          const top = mix(image.data[upper + left] ?? 0, image.data[upper + right] ?? 0, x.part);
          const bottom = mix(image.data[lower + left] ?? 0, image.data[lower + right] ?? 0, x.part);
          data[write++] = mix(top, bottom, y.part);
        }
      }
    }
  }
  return { type, rows: image.rows, data, present };
}

/** Between which two source pixels a sample lies, and how far towards the second. */
interface Sample {
  readonly low: number;
  readonly high: number;
  readonly part: number;
}

/** The samples of one axis: `to` of them, evenly over the box. */
function samples(axis: {
  readonly centre: number;
  readonly size: number;
  readonly from: number;
  readonly to: number;
}): Sample[] {
  const start = axis.centre - axis.size / 2;
  return Array.from({ length: axis.to }, (_, k) => {
    const place = (start + ((k + 0.5) / axis.to) * axis.size) * axis.from - 0.5;
    const inside = Math.min(Math.max(place, 0), axis.from - 1);
    const low = Math.floor(inside);
    return { low, high: Math.min(low + 1, axis.from - 1), part: inside - low };
  });
}

const mix = (a: number, b: number, part: number): number => a + (b - a) * part;
