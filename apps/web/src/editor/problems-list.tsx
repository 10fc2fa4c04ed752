"use client";
import { DiagnosticItem } from "@seams/ui";
import { CircleCheck } from "lucide-react";
import { useEditor } from "./editor-context";

/** Everything that the compiler found; each line leads to its place. */
export function ProblemsList() {
  const { diagnostics, compilation, goTo } = useEditor();
  if (compilation === undefined) return null;
  if (diagnostics.length === 0) {
    return (
      <p className="flex items-center gap-2 p-4 text-sm">
        <CircleCheck aria-hidden size={16} className="text-good" />
        No problems. This pipeline can be trained.
      </p>
    );
  }
  return (
    <ul className="flex flex-col p-2">
      {diagnostics.map((diagnostic, index) => (
        <li key={`${diagnostic.code}-${index}`}>
          <DiagnosticItem diagnostic={diagnostic} onGo={() => goTo(diagnostic.place)} />
        </li>
      ))}
    </ul>
  );
}
