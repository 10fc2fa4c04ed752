declare const brand: unique symbol;

/** A value of type `Base` that only its own parser may make: a string of one meaning cannot be passed for another. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Name of a stage within one graph document, for example `read`. Not part of a graph's identity. */
export type StageId = Branded<string, "StageId">;

/** Lower-case hex sha-256 of a canonical JSON text or of bytes. */
export type ContentHash = Branded<string, "ContentHash">;

/** A trial's seed: a whole number from 0 to 2³²−1, from which every random stream is derived. */
export type Seed = Branded<number, "Seed">;

/** Brands a string as a stage id. The parser has checked its form; tests may call it freely. */
export const stageId = (id: string): StageId => id as StageId; // brand: the one door

/** Brands a hex digest as a content hash. Only hashing functions call it. */
export const contentHash = (hex: string): ContentHash => hex as ContentHash; // brand: the one door

/**
 * Brands a number as a seed.
 * @throws RangeError when it is not a whole number from 0 to 2³²−1
 */
export function seed(value: number): Seed {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw new RangeError(`A seed is a whole number from 0 to 4294967295, not ${value}.`);
  }
  return value as Seed; // brand: checked just above
}
