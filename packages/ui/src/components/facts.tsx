import type { ReactNode } from "react";

/** Names and what is to be said of each, below each other. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid max-w-prose grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">{children}</dl>
  );
}

/** One line of `Facts`. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
