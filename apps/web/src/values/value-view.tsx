"use client";
import type { FieldType } from "@seams/core";
import type { RecordValue } from "@seams/problems";
import { type BoxOverlay, HeatStrip, NumberBars, PixelImage, Waveform } from "@seams/ui";
import { AudioPlayer } from "./audio-player";
import { MissingMark } from "./missing-mark";
import { type FieldPart, valueWords } from "./value-words";

interface ValueParts {
  /** The field's name. */
  readonly name: string;
  readonly type: FieldType;
  readonly value: RecordValue;
  readonly part: FieldPart;
  /** `tile`: small, among many. `full`: all there is, with sound and words. */
  readonly size: "tile" | "full";
  /** Boxes of other fields, for pictures. */
  readonly boxes?: readonly BoxOverlay[];
}

/** A record's value of one field, drawn as its type asks for. */
export function ValueView({ name, type, value, part, size, boxes }: ValueParts) {
  const label = `${name}: ${valueWords(type, value, part)}`;
  switch (value.is) {
    case "missing":
      return <MissingMark part={part} />;
    case "image":
      return <PixelImage label={label} {...value} {...(boxes === undefined ? {} : { boxes })} />;
    case "numbers":
      return type.is === "signal" ? (
        <Recording label={label} samples={value.values} sampleRateHz={type.sampleRateHz} size={size} />
      ) : (
        <NumberBars label={label} values={value.values} className={size === "tile" ? "h-12" : "h-24"} />
      );
    case "sequence":
      return <SequenceView name={name} type={type} of={value.of} part={part} size={size} />;
    case "label":
    case "number":
    case "flags":
    case "text":
    case "box":
      return <span className="wrap-anywhere">{valueWords(type, value, part)}</span>;
  }
}

function Recording({
  label,
  samples,
  sampleRateHz,
  size,
}: {
  readonly label: string;
  readonly samples: readonly number[];
  readonly sampleRateHz: number;
  readonly size: ValueParts["size"];
}) {
  if (size === "tile") return <Waveform label={label} samples={samples} className="h-12" />;
  return (
    <div className="flex flex-col gap-2">
      <Waveform label={label} samples={samples} className="h-24" />
      <AudioPlayer label={label} samples={samples} sampleRateHz={sampleRateHz} />
    </div>
  );
}

function SequenceView({
  name,
  type,
  of,
  part,
  size,
}: Omit<ValueParts, "value" | "boxes"> & { readonly of: readonly RecordValue[] }) {
  const element = type.is === "sequence" ? type.of : type;
  const words = valueWords(type, { is: "sequence", of }, part);
  const vectors = of.flatMap((value) => (value.is === "numbers" ? [value.values] : []));
  if (element.is === "vector" && vectors.length === of.length && of.length > 0)
    return (
      <HeatStrip label={`${name}: ${words}`} rows={vectors} className={size === "tile" ? "h-12" : "h-32"} />
    );
  const isDrawn = element.is === "image" || element.is === "signal";
  if (!isDrawn && of.every((value) => value.is !== "missing"))
    return <span className="wrap-anywhere">{words}</span>;
  return (
    <ol className="flex flex-wrap gap-1">
      {of.map((value, index) => (
        // An element's identity is its place in the sequence.
        <li key={index} className={isDrawn ? "min-w-12 flex-1" : undefined}>
          <ValueView
            name={`${name} ${index + 1}`}
            type={element}
            value={value}
            part={part}
            size={isDrawn ? size : "tile"}
          />
        </li>
      ))}
    </ol>
  );
}
