import * as z from "zod";

/** A whole positive number that fits an array's length. */
const size = z.int().min(1).max(1_000_000);
const names = z.array(z.string().min(1).max(200)).min(1).max(10_000);

const imageType = z.strictObject({
  is: z.literal("image"),
  heightPx: size,
  widthPx: size,
  channels: z.int().min(1).max(16),
});
const signalType = z.strictObject({
  is: z.literal("signal"),
  samples: size,
  sampleRateHz: z.number().positive(),
});
const vectorType = z.strictObject({ is: z.literal("vector"), size });
const scalarType = z.strictObject({
  is: z.literal("scalar"),
  unit: z.string().max(40).optional(),
  low: z.number().optional(),
  high: z.number().optional(),
});
const labelType = z.strictObject({ is: z.literal("label"), classes: names });
const flagsType = z.strictObject({ is: z.literal("flags"), names });
const boxType = z.strictObject({ is: z.literal("box") });
const textType = z.strictObject({ is: z.literal("text"), alphabet: names, maxLength: size });

const elementType = z.discriminatedUnion("is", [
  imageType,
  signalType,
  vectorType,
  scalarType,
  labelType,
  flagsType,
  boxType,
  textType,
]);
const sequenceType = z.strictObject({ is: z.literal("sequence"), of: elementType, maxLength: size });

/**
 * What a value means, not only its shape. The batch axis is never part of it.
 * A `box` is centre x, centre y, width, height as parts of the frame, each in [0, 1].
 */
export const FieldType = z.discriminatedUnion("is", [
  imageType,
  signalType,
  vectorType,
  scalarType,
  labelType,
  flagsType,
  boxType,
  textType,
  sequenceType,
]);

/** Any field type but a sequence: what a sequence's elements may be. */
export type ElementType = Readonly<z.infer<typeof elementType>>;
export type SequenceType = Readonly<z.infer<typeof sequenceType>>;
export type FieldType = ElementType | SequenceType;
/** One named alternative of `FieldType`, for example `FieldTypeOf<"image">`. */
export type FieldTypeOf<Is extends FieldType["is"]> = Extract<FieldType, { is: Is }>;
