import type { FieldType } from "../graph/field-type";
import type { Shape } from "../layers/layer";

/** The shape of one record of this type as a network sees it: classes and letters one-hot, images as they are. */
export function encodedShape(type: FieldType): Shape {
  switch (type.is) {
    case "image":
      return [type.heightPx, type.widthPx, type.channels];
    case "signal":
      return [type.samples];
    case "vector":
      return [type.size];
    case "scalar":
      return [1];
    case "label":
      return [type.classes.length];
    case "flags":
      return [type.names.length];
    case "box":
      return [4];
    case "text":
      return [type.maxLength, type.alphabet.length];
    case "sequence":
      return [type.maxLength, ...encodedShape(type.of)];
  }
}
