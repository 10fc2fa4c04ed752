"use client";
import { useEffect } from "react";
import { create } from "zustand";

/** Something a person can do now: shown in the palette (⌘K) and, where it has keys, in the help (`?`). */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** "Ctrl+Z". Pages handle their keys themselves; this is for reading. */
  readonly keys?: string;
  /** Absent: only explained in the help. */
  readonly run?: () => void;
}

/** Commands of one part of the screen. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

interface Registered {
  readonly groups: readonly CommandGroup[];
  readonly set: (group: CommandGroup) => void;
  readonly drop: (title: string) => void;
}

/** The groups that are on screen now. */
export const useCommandGroups = create<Registered>((set) => ({
  groups: [],
  set: (group) =>
    set(({ groups }) => ({ groups: [...groups.filter(({ title }) => title !== group.title), group] })),
  drop: (title) => set(({ groups }) => ({ groups: groups.filter((group) => group.title !== title) })),
}));

/** Offers commands while the component is on screen. Memoise `commands`. */
export function useCommands(title: string, commands: readonly Command[]): void {
  useEffect(() => {
    useCommandGroups.getState().set({ title, commands });
    return () => useCommandGroups.getState().drop(title);
  }, [title, commands]);
}
