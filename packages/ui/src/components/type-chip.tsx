import { describeType, type FieldType } from "@seams/core";
import clsx from "clsx";
import type { ReactNode } from "react";
import { TypeShape, typeLook } from "./type-shape";

/** A field type as shape, colour and words; with a name in front where it is a field's or port's. */
export function TypeChip({
  type,
  name,
  children,
}: {
  readonly type: FieldType | undefined;
  readonly name?: string;
  readonly children?: ReactNode;
}) {
  return (
    <span
      className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-md border border-line bg-raised px-2 text-sm"
      title={type === undefined ? undefined : describeType(type)}
    >
      <TypeShape type={type} />
      {name === undefined ? null : <span className="truncate font-medium">{name}</span>}
      <span className={clsx("truncate", name === undefined ? "text-ink" : "text-quiet")}>
        {type === undefined ? "unknown" : describeType(type)}
      </span>
      {children}
    </span>
  );
}

/** X → Y: what a problem or pipeline takes and gives. */
export function TypeFlow({
  from,
  to,
}: {
  readonly from: readonly FieldType[];
  readonly to: readonly FieldType[];
}) {
  const words = (types: readonly FieldType[]): string =>
    types.map((type) => (type === undefined ? "unknown" : describeType(type))).join(", ");
  return (
    <span
      className="inline-flex flex-wrap items-center gap-1.5 text-sm"
      role="img"
      aria-label={`${words(from)} to ${words(to)}`}
    >
      {from.map((type, index) => (
        // The list never changes its order: a type has no other identity.
        <span key={index} className="inline-flex items-center gap-1">
          <TypeShape type={type} /> {typeLook(type).word}
        </span>
      ))}
      <span aria-hidden className="text-quiet">
        →
      </span>
      {to.map((type, index) => (
        <span key={index} className="inline-flex items-center gap-1">
          <TypeShape type={type} /> {typeLook(type).word}
        </span>
      ))}
    </span>
  );
}
