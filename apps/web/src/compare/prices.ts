import type { ExperimentView } from "@seams/api";
import type { ProblemSchema } from "@seams/core";
import { type Cell, type Prices, pricesOf } from "@seams/core/measure";

/** Fields that some trial bought labels of: those that have a price to think about. */
export const pricedFields = (cells: readonly Cell[]): readonly string[] =>
  [...new Set(cells.flatMap(({ labels }) => Object.keys(labels)))].sort();

/** The prices that the experiment was started with: its own, else the problem's. */
export function startingPrices(
  { prices }: Pick<ExperimentView, "prices">,
  schema: ProblemSchema | undefined,
): Prices {
  return schema === undefined ? prices : pricesOf(schema, prices);
}

/** `digits=2,y=1`, as the command line writes prices; what can't be read is left out. */
export function readPrices(text: string): Prices {
  const entries = text.split(",").flatMap((part) => {
    const at = part.lastIndexOf("=");
    const price = Number(part.slice(at + 1));
    return at > 0 && part.slice(at + 1).trim() !== "" && Number.isFinite(price) && price >= 0
      ? [[part.slice(0, at), price] as const]
      : [];
  });
  return Object.fromEntries(entries);
}

/** The inverse of `readPrices`; only what differs from the start. Empty: nothing was changed. */
export function writePrices(prices: Prices, start: Prices): string {
  return Object.entries(prices)
    .filter(([field, price]) => price !== start[field])
    .map(([field, price]) => `${field}=${price}`)
    .join(",");
}
