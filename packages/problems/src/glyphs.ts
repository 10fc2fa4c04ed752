import type { Stream } from "@seams/core";
import { normals } from "./anchors";

/** How noisy glyphs are made: each class has a random centre, each glyph stands near its class's. */
export interface GlyphKind {
  readonly classes: number;
  /** Values a glyph. */
  readonly size: number;
  /** Standard deviation of each value around the centre's; the centres' own is 1. */
  readonly noise: number;
}

/** Glyphs of random classes, and their classes. */
export interface Glyphs {
  /** count × size */
  readonly values: Float32Array;
  /** 0 … classes − 1, one a glyph. */
  readonly classes: Float32Array;
}

/** Draws `count` glyphs, every class equally likely. */
export function drawGlyphs({ classes, size, noise }: GlyphKind, count: number, random: Stream): Glyphs {
  const centres = normals(random, classes * size);
  const drawn = Float32Array.from({ length: count }, () => random.integer(classes));
  const values = Float32Array.from({ length: count * size }, (_, k) => {
    const glyph = drawn[Math.floor(k / size)] ?? 0;
    return (centres[glyph * size + (k % size)] ?? 0) + noise * random.normal();
  });
  return { values, classes: drawn };
}
