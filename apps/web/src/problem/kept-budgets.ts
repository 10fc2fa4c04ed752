"use client";
import { useEffect } from "react";
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

interface KeptBudgets {
  /** By problem: how many training examples somebody pretends to have. */
  readonly budgets: Readonly<Record<string, number>>;
  readonly keep: (problem: string, rows: number | undefined) => void;
}

/** How many examples one pretends to have, kept in this browser; comparisons begin with it. */
const useKeptBudgets = create<KeptBudgets>()(
  persist(
    (set) => ({
      budgets: {},
      keep: (problem, rows) =>
        set(({ budgets }) => {
          const others = Object.entries(budgets).filter(([name]) => name !== problem);
          return { budgets: Object.fromEntries(rows === undefined ? others : [...others, [problem, rows]]) };
        }),
    }),
    {
      name: "seams-budgets",
      storage: createJSONStorage(() => localStorage),
      skipHydration: true,
    },
  ),
);

/** The kept number of one problem, and how to keep another; undefined: all there are. */
export function useKeptBudget(
  problem: string,
): readonly [number | undefined, (rows: number | undefined) => void] {
  const { budgets, keep } = useKeptBudgets();
  useEffect(() => void useKeptBudgets.persist.rehydrate(), []);
  return [budgets[problem], (rows) => keep(problem, rows)];
}
