"use client";
import { CircleX } from "lucide-react";

/** Why a link was refused, and where the pointer was. */
export interface RefusalWords {
  readonly reason: string;
  readonly x: number;
  readonly y: number;
}

const WIDTH = 320;

/** The reason beside the pointer. The live region says it too. */
export function Refusal({ words }: { readonly words: RefusalWords | undefined }) {
  if (words === undefined) return null;
  const left = Math.max(8, Math.min(words.x + 12, window.innerWidth - WIDTH - 8));
  return (
    <div
      data-testid="refusal"
      style={{ left, top: words.y + 12, maxWidth: WIDTH }}
      className="pointer-events-none fixed z-30 flex items-start gap-2 rounded-md border border-danger bg-raised px-3 py-2 text-sm shadow-raised"
    >
      <CircleX aria-hidden size={16} className="mt-0.5 shrink-0 text-danger" />
      {words.reason}
    </div>
  );
}
