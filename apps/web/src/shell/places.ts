import {
  BookOpen,
  ChartSpline,
  Columns2,
  LayoutGrid,
  type LucideIcon,
  Settings,
  Upload,
  Workflow,
} from "lucide-react";
import { paths } from "../paths";

/** One entry of the left rail. */
export interface PlaceLink {
  readonly title: string;
  readonly href: string;
  readonly icon: LucideIcon;
  /** Path prefixes that belong to it. */
  readonly under: readonly string[];
}

/** The left rail, in order. */
export const PLACES: readonly PlaceLink[] = [
  { title: "Gallery", href: paths.gallery(), icon: LayoutGrid, under: ["/p/", "/import"] },
  { title: "My pipelines", href: paths.pipelines(), icon: Workflow, under: ["/g"] },
  { title: "Runs", href: paths.runs(), icon: ChartSpline, under: ["/r"] },
  { title: "Compare", href: paths.comparisons(), icon: Columns2, under: ["/c"] },
  { title: "Docs", href: paths.docs(), icon: BookOpen, under: ["/docs"] },
];

/** At the rail's foot, apart from the work. */
export const SETTINGS: PlaceLink = {
  title: "Settings",
  href: paths.settings(),
  icon: Settings,
  under: ["/settings"],
};

/** Reached from other pages and from the palette. */
export const IMPORT: PlaceLink = {
  title: "Bring your own data",
  href: paths.importData(),
  icon: Upload,
  under: [],
};

/** True where the page at `pathname` belongs to a place. */
export function isUnder({ href, under }: PlaceLink, pathname: string): boolean {
  if (pathname === href) return true;
  return under.some((prefix) =>
    prefix.endsWith("/")
      ? pathname.startsWith(prefix)
      : pathname === prefix || pathname.startsWith(`${prefix}/`),
  );
}
