"use client";
import type { Diagnostic, Severity } from "@seams/core";
import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { placeWords } from "./place-words";

const ICONS: Readonly<Record<Severity, ReactNode>> = {
  error: <CircleX aria-label="Error" size={16} className="text-danger" />,
  warning: <TriangleAlert aria-label="Warning" size={16} className="text-warning" />,
  advice: <Info aria-label="Advice" size={16} className="text-accent" />,
};

/** The mark of a severity, with its name for those who hear it. */
export function SeverityIcon({ severity }: { readonly severity: Severity }) {
  return <span className="inline-flex shrink-0">{ICONS[severity]}</span>;
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
