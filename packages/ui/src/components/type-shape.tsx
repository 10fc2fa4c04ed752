import type { ElementType, FieldType } from "@seams/core";
import type { ReactNode } from "react";

/** How a type looks wherever it stands: one colour, one shape, one word. */
export interface TypeLook {
  /** A CSS colour. */
  readonly colour: string;
  /** One word: "image", "labels" for a sequence of labels. */
  readonly word: string;
  readonly stacked: boolean;
}

const UNKNOWN: TypeLook = { colour: "var(--edge)", word: "unknown", stacked: false };

/** Colour and word of a type. A sequence looks like its elements, stacked. */
export function typeLook(type: FieldType | undefined): TypeLook {
  if (type === undefined) return UNKNOWN;
  if (type.is === "sequence")
    return { ...typeLook(type.of), word: `${typeLook(type.of).word}s`, stacked: true };
  return { colour: `var(--type-${type.is})`, word: type.is, stacked: false };
}

/** Outlines in a 12 × 12 box, filled with the type's colour. */
const SHAPES: Readonly<Record<ElementType["is"], ReactNode>> = {
  image: <rect x="1.5" y="1.5" width="9" height="9" rx="1" />,
  signal: <path d="M6 1 11.5 10.5H.5Z" />,
  vector: <path d="M1 1.5h2.4v9H1zM4.8 1.5h2.4v9H4.8zM8.6 1.5H11v9H8.6z" />,
  scalar: <circle cx="6" cy="6" r="5" />,
  label: <path d="M6 .5 11.5 6 6 11.5.5 6Z" />,
  flags: <path d="M1 1h4.4v4.4H1zM6.6 1H11v4.4H6.6zM1 6.6h4.4V11H1zM6.6 6.6H11V11H6.6z" />,
  box: <path fillRule="evenodd" d="M1 1h10v10H1zM3.4 3.4v5.2h5.2V3.4z" />,
  text: <path d="M3.5 1h5L11.5 6 8.5 11h-5L.5 6Z" />,
};

/** The shape of a type; decorative, the words stand beside it or in a label. */
export function TypeShape({
  type,
  size = 12,
}: {
  readonly type: FieldType | undefined;
  readonly size?: number;
}) {
  const { colour, stacked } = typeLook(type);
  const element = type?.is === "sequence" ? type.of : type;
  const shape =
    element === undefined ? (
      <circle cx="6" cy="6" r="4.5" fill="none" stroke={colour} strokeWidth="1.5" strokeDasharray="2 2" />
    ) : (
      SHAPES[element.is]
    );
  return (
    <svg
      aria-hidden
      width={stacked ? size * 1.35 : size}
      height={size}
      viewBox={stacked ? "0 0 16.2 12" : "0 0 12 12"}
      fill={colour}
      className="shrink-0"
    >
      {stacked ? (
        <g opacity=".45" transform="translate(4.2 0)">
          {shape}
        </g>
      ) : null}
      {stacked ? (
        <g stroke="var(--raised)" strokeWidth="1" paintOrder="stroke">
          {shape}
        </g>
      ) : (
        shape
      )}
    </svg>
  );
}
