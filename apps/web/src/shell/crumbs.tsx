"use client";
import Link from "next/link";
import { useEffect } from "react";
import { create } from "zustand";

/** One step of the way to a page; the last one is the page itself. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

const useTrail = create<{ readonly crumbs: readonly Crumb[] }>(() => ({ crumbs: [] }));

/** Put into a page: what the top bar says about where one is. */
export function Crumbs({ items }: { readonly items: readonly Crumb[] }) {
  const key = JSON.stringify(items);
  useEffect(() => {
    useTrail.setState({ crumbs: JSON.parse(key) as Crumb[] }); // written just above
    return () => useTrail.setState({ crumbs: [] });
  }, [key]);
  return null;
}

/** The top bar's breadcrumb. */
export function CrumbTrail() {
  const { crumbs } = useTrail();
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1.5">
            {index === 0 ? null : (
              <span aria-hidden className="text-quiet">
                /
              </span>
            )}
            {crumb.href === undefined ? (
              <span aria-current="page" className="truncate font-medium">
                {crumb.label}
              </span>
            ) : (
              <Link
                href={crumb.href}
                className="truncate rounded-sm text-quiet hover:text-ink hover:underline"
              >
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
