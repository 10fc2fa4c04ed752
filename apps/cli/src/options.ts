import { nearest, type ProblemSchema, seed } from "@seams/core";
import { InvalidArgumentError } from "commander";
import { UsageError } from "./exit";

const MOST_SEEDS = 1_000;

/** A whole number from 1 on, as commander's option parser. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError("It is a whole number, 1 or more.");
  return value;
}

/** A seed: 0 … 2³²−1. */
export function seedNumber(text: string): number {
  try {
    if (!/^\d+$/.test(text)) throw new RangeError("no digits");
    return seed(Number(text));
  } catch {
    throw new InvalidArgumentError("A seed is a whole number from 0 to 4294967295.");
  }
}

/** `5` is the seeds 1 to 5; `3,8,13` are those. */
export function seedList(text: string): readonly number[] {
  if (text.includes(",")) return distinct(text.split(",").map((part) => seedNumber(part.trim())));
  const count = wholeNumber(text);
  if (count > MOST_SEEDS) throw new InvalidArgumentError(`At most ${MOST_SEEDS} seeds.`);
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** `32,100,316`, in rising order. */
export const budgetList = (text: string): readonly number[] =>
  [...distinct(text.split(",").map((part) => wholeNumber(part.trim())))].sort((a, b) => a - b);

function distinct(values: readonly number[]): readonly number[] {
  if (new Set(values).size < values.length) throw new InvalidArgumentError("A number is there twice.");
  return values;
}

/** A number from 0 on. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("It is a number, 0 or more.");
  return value;
}

/** `0,1,2`: numbers of layers, in rising order. */
export const layerList = (text: string): readonly number[] =>
  [
    ...distinct(
      text.split(",").map((part) => {
        if (!/^\d{1,3}$/.test(part.trim()))
          throw new InvalidArgumentError("Write whole numbers from 0, for example 0,1.");
        return Number(part);
      }),
    ),
  ].sort((a, b) => a - b);

/** `0.5,1,2`: factors above 0. */
export const factorList = (text: string): readonly number[] =>
  distinct(
    text.split(",").map((part) => {
      const value = positive(part);
      if (value === 0 || value > 1000)
        throw new InvalidArgumentError("A factor is above 0, and at most 1,000.");
      return value;
    }),
  );

/** `0,0.5`: parts from 0 to below 1. */
export const partList = (text: string): readonly number[] =>
  distinct(
    text.split(",").map((part) => {
      const value = positive(part);
      if (value >= 1) throw new InvalidArgumentError("A part is from 0 to below 1, for example 0.5.");
      return value;
    }),
  );

/** `0.5,0.9`: qualities from 0 to 1, in rising order; 1 is always among them. */
export const qualityList = (text: string): readonly number[] => {
  const asked = distinct(
    text.split(",").map((part) => {
      const value = positive(part);
      if (value > 1) throw new InvalidArgumentError("A quality is from 0 to 1, for example 0.9.");
      return value;
    }),
  );
  return [...new Set([...asked, 1])].sort((a, b) => a - b);
};

/** `a+b,a+c`: groups of names. */
export const groupList = (text: string): readonly (readonly string[])[] =>
  text.split(",").map((group) => group.split("+").map((name) => name.trim()));

/** `digits=1,y=2`: price by field. */
export function priceList(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    text.split(",").map((part) => {
      const [field = "", price = "", ...more] = part.split("=").map((word) => word.trim());
      if (field === "" || more.length > 0)
        throw new InvalidArgumentError("Write field=price, for example digits=1,y=2.");
      return [field, positive(price)];
    }),
  );
}

/** `28x28`: height and width in pixels. */
export function imageSize(text: string): { readonly heightPx: number; readonly widthPx: number } {
  const [heightPx, widthPx] = /^(\d{1,4})x(\d{1,4})$/.exec(text)?.slice(1).map(Number) ?? [];
  if (!heightPx || !widthPx)
    throw new InvalidArgumentError("Write heightxwidth in pixels, for example 28x28.");
  return { heightPx, widthPx };
}

/** @throws UsageError where a price is for a field that the problem doesn't have */
export function checkPrices(prices: Readonly<Record<string, number>>, { name, fields }: ProblemSchema): void {
  for (const field of Object.keys(prices)) {
    if (Object.hasOwn(fields, field)) continue;
    const near = nearest(field, Object.keys(fields));
    const hint = near === undefined ? `It has ${Object.keys(fields).join(", ")}.` : `Did you mean ${near}?`;
    throw new UsageError(`--prices names ${field}, which ${name} has no field of. ${hint}`);
  }
}
