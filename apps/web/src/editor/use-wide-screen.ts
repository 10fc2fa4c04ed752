"use client";
import { useSyncExternalStore } from "react";

const QUERY = "(min-width: 768px)";

/** True where there is room for a canvas with panels. */
export function useWideScreen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(QUERY);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(QUERY).matches,
    () => true,
  );
}
