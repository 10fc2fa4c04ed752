"use client";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { paths } from "../paths";
import { Brand } from "./brand";
import { isUnder, PLACES, type PlaceLink, SETTINGS } from "./places";

/** The way between the places: at the left, on a phone at the bottom. */
export function Rail() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface md:static md:h-full md:w-24 md:flex-col md:border-t-0 md:border-r"
    >
      <Link
        href={paths.gallery()}
        aria-label="Seams: home"
        className="hidden h-14 items-center justify-center md:flex"
      >
        <Brand />
      </Link>
      <ul className="flex flex-1 justify-around md:flex-col md:justify-start md:gap-1 md:px-1">
        {PLACES.map((place) => (
          <li key={place.href} className="flex-1 md:flex-none">
            <RailLink place={place} here={isUnder(place, pathname)} />
          </li>
        ))}
      </ul>
      <div className="hidden p-1 md:block">
        <RailLink place={SETTINGS} here={isUnder(SETTINGS, pathname)} />
      </div>
    </nav>
  );
}

function RailLink({ place, here }: { readonly place: PlaceLink; readonly here: boolean }) {
  return (
    <Link
      href={place.href}
      aria-current={here ? "page" : undefined}
      className={clsx(
        "flex h-14 flex-col items-center justify-center gap-0.5 rounded-md text-sm whitespace-nowrap md:h-15",
        here ? "bg-accent-soft font-medium text-accent" : "text-quiet hover:bg-sunken hover:text-ink",
      )}
    >
      <place.icon aria-hidden size={20} strokeWidth={1.75} />
      {place.title}
    </Link>
  );
}
