"use client";
import { Slider } from "@seams/ui";
import { budgetStops, nearestStop } from "./budgets";
import { useKeptBudget } from "./kept-budgets";

/** "Pretend I only have N examples": kept for this problem, and where comparisons begin. */
export function BudgetSlider({ problem, rows }: { readonly problem: string; readonly rows: number }) {
  const [kept, keep] = useKeptBudget(problem);
  const stops = budgetStops(rows);
  const at = kept === undefined ? stops.length - 1 : nearestStop(stops, kept);
  const shown = stops[at] ?? rows;
  const words = shown >= rows ? `all ${rows.toLocaleString("en")}` : shown.toLocaleString("en");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-line bg-surface px-3 py-2 text-sm">
      <span>
        Pretend I only have <strong className="font-semibold">{words}</strong> training examples
      </span>
      <div className="w-48 max-w-full">
        <Slider
          label="Training examples that I have"
          value={at}
          min={0}
          max={Math.max(1, stops.length - 1)}
          disabled={stops.length < 2}
          valueText={`${words} examples`}
          onValueChange={(next) => keep(next >= stops.length - 1 ? undefined : stops[next])}
        />
      </div>
      <span className="text-quiet">Comparisons of this problem begin with it.</span>
    </div>
  );
}
