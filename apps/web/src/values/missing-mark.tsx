import { type FieldPart, missingWords } from "./value-words";

/** Where a value would be: hatched, with words, so that nobody reads it as 0. */
export function MissingMark({ part }: { readonly part: FieldPart }) {
  return (
    <span className="inline-flex min-h-5 items-center rounded-sm border border-dashed border-edge/60 bg-[repeating-linear-gradient(135deg,var(--sunken)_0_4px,transparent_4px_8px)] px-1.5 text-sm text-ink">
      {missingWords(part)}
    </span>
  );
}
