import { FURTHEST, type KnownCurve } from "../learning-curve/curve";
import { errorAt } from "../learning-curve/fit";

/** One kind of label, and what buying more of it does. */
export interface LabelKind {
  readonly field: string;
  /** Of one row's labels, above 0. */
  readonly price: number;
  /** The part of the final error that falls with the rows labelled so. */
  readonly curve: Pick<KnownCurve, "curve" | "first" | "last">;
  /** Rows that are labelled already, and free. */
  readonly have?: number;
  /** Most rows that can be had; absent: as far as the curve is believed. */
  readonly most?: number;
}

/** How many rows to label in each way. */
export interface LabelPlan {
  readonly kinds: readonly LabelPurchase[];
  /** Spent, at most the total. */
  readonly cost: number;
  /** Σ e(n) over the kinds. */
  readonly error: number;
}

/** One kind's share of a plan. */
export interface LabelPurchase {
  readonly field: string;
  /** Rows to label. */
  readonly buy: number;
  /** With those that are there. */
  readonly rows: number;
  readonly cost: number;
  /** What ended it: money, nothing more to be had, or the curve not being believed further (4× its last budget). */
  readonly endedBy: "money" | "supply" | "extrapolation";
}

const HALVINGS = 200;
/** ln λ from "buy all there is" to "buy nothing". */
const WIDEST = { low: -200, high: 50 };

/**
 * Spends a total on labels so that Σ e(n) over the kinds is smallest, from their fitted curves. Where every curve is
 * convex the best plan buys until all have the same marginal value −e′(n)/price = λ (Lagrange); λ is found by bisection.
 * Then what rounding left over goes row by row to whatever gains most for its price. Curves are followed from a quarter
 * of their first budget to four times their last: money that can't be spent usefully is left.
 *
 * @param total to be spent, in the unit of the prices
 * @returns undefined where the total is too small for a quarter of each kind's first budget
 * @throws RangeError when a price isn't above 0
 */
export function planLabels(kinds: readonly LabelKind[], total: number): LabelPlan | undefined {
  if (kinds.some(({ price }) => !(price > 0)))
    throw new RangeError("A label's price must be above 0 to plan by it.");
  const offers = kinds.map(offerOf);
  const costOf = (rows: readonly number[]): number =>
    offers.reduce((sum, { price, have }, k) => sum + Math.max(0, (rows[k] ?? have) - have) * price, 0);
  if (costOf(offers.map(({ least }) => least)) > total) return undefined;
  const rowsAt = (lnMarginal: number): readonly number[] =>
    offers.map((offer) => Math.floor(rowsWhere(offer, Math.exp(lnMarginal))));
  let { low, high } = WIDEST;
  if (costOf(rowsAt(low)) > total) {
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) / 2;
      if (costOf(rowsAt(middle)) > total) low = middle;
      else high = middle;
    }
  } else high = low;
  const even = rowsAt(high);
  const rows = spendRest(offers, even, total - costOf(even));
  return {
    kinds: offers.map((offer, k) => purchaseOf(offer, rows[k] ?? offer.least)),
    cost: costOf(rows),
    error: offers.reduce((sum, { curve }, k) => sum + errorAt(curve, rows[k] ?? 1), 0),
  };
}

/** A kind with the rows between which its curve is believed. */
interface Offer {
  readonly field: string;
  readonly price: number;
  readonly curve: KnownCurve["curve"];
  readonly have: number;
  readonly least: number;
  readonly to: number;
  readonly endedBy: LabelPurchase["endedBy"];
}

function offerOf({ field, price, curve, have = 0, most }: LabelKind): Offer {
  const limit = FURTHEST * curve.last;
  const isSupply = most !== undefined && most <= limit;
  const least = Math.max(have, Math.ceil(curve.first / FURTHEST));
  return {
    field,
    price,
    curve: curve.curve,
    have,
    least,
    to: Math.max(least, Math.floor(isSupply ? most : limit)),
    endedBy: isSupply ? "supply" : "extrapolation",
  };
}

/** Relative step of the numerical slope. */
const STEP = 1e-4;

/** −e′(n)/price */
function marginalValue({ curve, price }: Offer, rows: number): number {
  const [less, more] = [rows * (1 - STEP), rows * (1 + STEP)];
  return (errorAt(curve, less) - errorAt(curve, more)) / ((more - less) * price);
}

/** The largest number of rows whose last one is still worth λ. */
function rowsWhere(offer: Offer, marginal: number): number {
  const { least, to } = offer;
  if (least >= to || marginalValue(offer, to) >= marginal) return to;
  if (marginalValue(offer, least) < marginal) return least;
  let [low, high] = [Math.log(least), Math.log(to)];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (marginalValue(offer, Math.exp(middle)) >= marginal) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

/** Rounding, and curves that aren't convex, leave a few rows' worth: bought one by one. */
const MOST_SINGLE_ROWS = 1000;

function spendRest(offers: readonly Offer[], rows: readonly number[], left: number): readonly number[] {
  const bought = [...rows];
  let money = left;
  for (let row = 0; row < MOST_SINGLE_ROWS; row++) {
    const gains = offers.map((offer, k) => {
      const count = bought[k] ?? 0;
      return count < offer.to && offer.price <= money + 1e-9 ? marginalValue(offer, count + 0.5) : 0;
    });
    const best = gains.indexOf(Math.max(...gains));
    if (!((gains[best] ?? 0) > 0)) break;
    bought[best] = (bought[best] ?? 0) + 1;
    money -= offers[best]?.price ?? 0;
  }
  return bought;
}

function purchaseOf({ field, price, have, to, endedBy }: Offer, rows: number): LabelPurchase {
  const buy = Math.max(0, rows - have);
  return { field, buy, rows, cost: buy * price, endedBy: rows >= to ? endedBy : "money" };
}
