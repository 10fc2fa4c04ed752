/** A picture's size; pixels are written row by row, the channels of each pixel together. */
export interface PixelSize {
  readonly heightPx: number;
  readonly widthPx: number;
  readonly channels: number;
}

/**
 * Bytes of any number of channels as RGBA, for a canvas. One channel is grey, three are colours, four have their own
 * transparency; of any other number the mean is shown in grey.
 *
 * @param bytes heightPx × widthPx × channels, 0…255
 * @throws Error where there are fewer bytes than the size says
 */
export function rgbaOf(
  bytes: Uint8Array,
  { heightPx, widthPx, channels }: PixelSize,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = heightPx * widthPx;
  if (bytes.length < pixels * channels)
    throw new Error(`pixels: ${bytes.length} bytes for ${heightPx}×${widthPx}×${channels}`);
  const rgba = new Uint8ClampedArray(pixels * 4);
  const isColour = channels === 3 || channels === 4;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const own = bytes.subarray(pixel * channels, (pixel + 1) * channels);
    const grey = isColour ? 0 : own.reduce((sum, value) => sum + value, 0) / channels;
    rgba[pixel * 4] = isColour ? (own[0] ?? 0) : grey;
    rgba[pixel * 4 + 1] = isColour ? (own[1] ?? 0) : grey;
    rgba[pixel * 4 + 2] = isColour ? (own[2] ?? 0) : grey;
    rgba[pixel * 4 + 3] = channels === 4 ? (own[3] ?? 0) : 255;
  }
  return rgba;
}

/** Base64 as bytes. */
export const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
