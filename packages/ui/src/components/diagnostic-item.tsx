"use client";
import type { Diagnostic, Place, Severity } from "@seams/core";
import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const ICONS: Readonly<Record<Severity, ReactNode>> = {
  error: <CircleX aria-label="Error" size={16} className="text-danger" />,
  warning: <TriangleAlert aria-label="Warning" size={16} className="text-warning" />,
  advice: <Info aria-label="Advice" size={16} className="text-accent" />,
};

/** The mark of a severity, with its name for those who hear it. */
export function SeverityIcon({ severity }: { readonly severity: Severity }) {
  return <span className="inline-flex shrink-0">{ICONS[severity]}</span>;
}

/** Where a diagnostic sits, in words. */
export function placeWords(place: Place): string {
  switch (place.at) {
    case "graph":
      return "the pipeline";
    case "stage":
      return place.stage;
    case "port":
      return `${place.stage}.${place.port}`;
    case "param":
      return `${place.stage} › ${place.path.join(".")}`;
    case "link":
      return `${place.from} → ${place.to}`;
    case "document":
      return `${place.path.length === 0 ? "the document" : place.path.join(".")}${place.line === undefined ? "" : `, line ${place.line}`}`;
    case "field":
      return `field ${place.field}`;
    case "cell":
      return [
        place.file,
        place.row === undefined ? undefined : `row ${place.row}`,
        place.column === undefined ? undefined : `column ${place.column}`,
      ]
        .filter((part) => part !== undefined)
        .join(", ");
  }
}

/** One diagnostic: what is wrong, where, what to do. With `onGo` it is a button that leads to the place. */
export function DiagnosticItem({
  diagnostic,
  onGo,
}: {
  readonly diagnostic: Diagnostic;
  readonly onGo?: () => void;
}) {
  const words = (
    <>
      <span className="mt-0.5">
        <SeverityIcon severity={diagnostic.severity} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="font-medium">{diagnostic.message}</span>
        {diagnostic.fix === undefined ? null : <span className="block text-quiet">{diagnostic.fix}</span>}
      </span>
      <span className="shrink-0 text-right text-quiet">
        <span className="block font-mono">{placeWords(diagnostic.place)}</span>
        <span className="block">{diagnostic.code}</span>
      </span>
    </>
  );
  const look = "flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left text-sm";
  if (onGo === undefined) return <div className={look}>{words}</div>;
  return (
    <button type="button" className={`${look} hover:bg-sunken`} onClick={onGo}>
      {words}
    </button>
  );
}
