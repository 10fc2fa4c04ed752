"use client";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { paths } from "../paths";

const PAGES = [
  { title: "First steps", href: paths.docs() },
  { title: "When does it pay?", href: paths.whenDocs() },
  { title: "Stages", href: paths.stageDocs() },
  { title: "Diagnostics", href: paths.diagnosticDocs() },
] as const;

/** The way between the pages of the documentation. */
export function DocsNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Documentation">
      <ul className="flex flex-wrap gap-1">
        {PAGES.map(({ title, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={pathname === href ? "page" : undefined}
              className={clsx(
                "inline-flex h-8 items-center rounded-md px-3 text-sm",
                pathname === href ? "bg-accent-soft font-medium text-accent" : "text-quiet hover:bg-sunken",
              )}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
