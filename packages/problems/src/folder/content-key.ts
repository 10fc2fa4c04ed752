import { type Column, slotsPerRecord, valuesPerRecord } from "@seams/core";

/**
 * A number of 53 bits for each record, from every bit of its values in these columns: records with equal values have
 * equal keys. Two different ones meet by chance once in about 10¹⁶ pairs. Not a cryptographic hash.
 */
export function contentKeys(columns: readonly Column[], rows: number): Float64Array {
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const mixer = new Mixer(0);
    for (const { type, data, present, lengths } of columns) {
      const [values, slots] = [valuesPerRecord(type), slotsPerRecord(type)];
      mixer.floats(data.subarray(row * values, (row + 1) * values));
      for (let slot = row * slots; slot < (row + 1) * slots; slot++) mixer.word(present[slot] ?? 0);
      mixer.word(lengths?.[row] ?? 0);
    }
    keys[row] = mixer.key();
  }
  return keys;
}

/** A number of 53 bits from a text and a seed. */
export function textKey(text: string, seed: number): number {
  const mixer = new Mixer(seed);
  for (let k = 0; k < text.length; k++) mixer.word(text.charCodeAt(k));
  return mixer.key();
}

const bits = new DataView(new ArrayBuffer(4));

/** Two 32-bit states, each multiplied and rotated with every word, and mixed well at the end. */
class Mixer {
  private a: number;
  private b: number;

  constructor(seed: number) {
    this.a = seed ^ 0x9e3779b9;
    this.b = seed ^ 0x85ebca6b;
  }

  word(word: number): void {
    this.a = Math.imul(rotate(this.a ^ word, 13), 0xcc9e2d51) + 0x52dce729;
    this.b = Math.imul(rotate(this.b ^ word, 17), 0x1b873593) + 0x38495ab5;
  }

  floats(values: Float32Array): void {
    for (let k = 0; k < values.length; k++) {
      bits.setFloat32(0, values[k] ?? 0);
      this.word(bits.getUint32(0));
    }
  }

  key(): number {
    const a = avalanche(this.a ^ rotate(this.b, 16));
    const b = avalanche(this.b ^ a);
    return (a >>> 0) * 2 ** 21 + (b >>> 11);
  }
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** Every bit of the input changes about half of the output's (the finalizer of MurmurHash3, Appleby 2011). */
function avalanche(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
