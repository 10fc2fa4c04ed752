import Link from "next/link";
import type { ReactNode } from "react";

/** Running text with headings and lists, at a width that one can read. */
export function Prose({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex max-w-prose flex-col gap-3 [&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-sm [&_h2]:mt-4 [&_h2]:text-base [&_h2]:font-semibold [&_ol]:flex [&_ol]:list-decimal [&_ol]:flex-col [&_ol]:gap-2 [&_ol]:pl-5 [&_ul]:flex [&_ul]:list-disc [&_ul]:flex-col [&_ul]:gap-2 [&_ul]:pl-5">
      {children}
    </div>
  );
}

/** A link in running text. */
export function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className="text-accent underline underline-offset-2 hover:text-accent-strong">
      {children}
    </Link>
  );
}

/** Commands to copy, as they are typed from a clone. */
export function Commands({ children }: { readonly children: string }) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <pre
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-sm"
    >
      {children}
    </pre>
  );
}
