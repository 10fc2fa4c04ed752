/** A decoded image: rows from the top, channels last, 0…1. */
export interface Picture {
  readonly heightPx: number;
  readonly widthPx: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly values: Float32Array;
}

/** What a decoder found, or why it couldn't: the end of a sentence. */
export type Decoded<T> = { readonly value: T } | { readonly problem: string };

/** Parts of red, green and blue in grey: ITU-R BT.601, as image programs do it. */
const GREY_PARTS = [0.299, 0.587, 0.114] as const;

/**
 * The same picture in another number of channels: grey from colours, colours from grey. Transparent parts become black.
 */
export function withChannels(picture: Picture, channels: number): Picture {
  const { heightPx, widthPx, values } = picture;
  if (picture.channels === channels) return picture;
  const pixels = heightPx * widthPx;
  const from = picture.channels;
  const hasAlpha = from === 2 || from === 4;
  const colours = hasAlpha ? from - 1 : from;
  const result = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * from;
    const alpha = hasAlpha ? (values[at + colours] ?? 1) : 1;
    const colour = (k: number): number => (values[at + Math.min(k, colours - 1)] ?? 0) * alpha;
    if (channels === 1) {
      result[pixel] =
        colours === 1 ? colour(0) : GREY_PARTS.reduce((grey, part, k) => grey + part * colour(k), 0);
      continue;
    }
    for (let k = 0; k < channels; k++) result[pixel * channels + k] = k === 3 ? 1 : colour(k);
  }
  // Only 1 to 4 are ever asked for: parts of field types with other numbers are refused before.
  return { heightPx, widthPx, channels: channels as Picture["channels"], values: result };
}

/**
 * The picture at another size: every new pixel is the mean of the old pixels that it covers, weighted by how much of
 * them it covers (area averaging). Enlarging repeats pixels.
 */
export function resized(picture: Picture, heightPx: number, widthPx: number): Picture {
  const { channels } = picture;
  if (picture.heightPx === heightPx && picture.widthPx === widthPx) return picture;
  const rows = shares(picture.heightPx, heightPx);
  const columns = shares(picture.widthPx, widthPx);
  const values = new Float32Array(heightPx * widthPx * channels);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      for (const [oldY, shareY] of rows[y] ?? []) {
        for (const [oldX, shareX] of columns[x] ?? []) {
          const from = (oldY * picture.widthPx + oldX) * channels;
          const to = (y * widthPx + x) * channels;
          for (let k = 0; k < channels; k++) {
            values[to + k] = (values[to + k] ?? 0) + shareY * shareX * (picture.values[from + k] ?? 0);
          }
        }
      }
    }
  }
  return { heightPx, widthPx, channels, values };
}

/** For every new place: the old places that it covers, and which share of it each is. */
function shares(before: number, after: number): readonly (readonly (readonly [number, number])[])[] {
  const scale = before / after;
  return Array.from({ length: after }, (_, place) => {
    const from = place * scale;
    const to = from + scale;
    const covered: [number, number][] = [];
    for (let old = Math.floor(from); old < Math.min(Math.ceil(to - 1e-9), before); old++) {
      covered.push([old, (Math.min(old + 1, to) - Math.max(old, from)) / scale]);
    }
    return covered;
  });
}
