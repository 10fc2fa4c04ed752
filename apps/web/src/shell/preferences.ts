"use client";
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

interface Preferences {
  /** Shortcuts of one key without Ctrl or Alt; off for those who speak or slip (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
}

/** A person's habits, kept in this browser. */
export const usePreferences = create<Preferences>()(
  persist((set) => ({ singleKeys: true, setSingleKeys: (singleKeys) => set({ singleKeys }) }), {
    name: "seams-preferences",
    storage: createJSONStorage(() => localStorage),
    skipHydration: true,
  }),
);

/** True where a key press belongs to a text that is being written. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")
  );
}
