/** Where a value stands on an axis. */
export interface Scale {
  /** Value → px. */
  readonly at: (value: number) => number;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** From px to px; may run backwards, as y does. */
export type Range = readonly [number, number];

/**
 * A linear scale that begins and ends on round numbers.
 * @param values at least one finite number
 * @param bounds the domain never goes past these, for example 0 and 1 for shares
 */
export function linearScale(
  values: readonly number[],
  range: Range,
  { ticks = 5, bounds }: { readonly ticks?: number; readonly bounds?: readonly [number, number] } = {},
): Scale {
  const [least, most] = extent(values);
  const pad = least === most ? Math.max(Math.abs(least) * 0.1, 0.01) : 0;
  const step = niceStep((most - least + 2 * pad) / ticks);
  const first = Math.floor((least - pad) / step + 1e-9);
  const last = Math.ceil((most + pad) / step - 1e-9);
  const low = Math.max(first * step, bounds?.[0] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(last * step, bounds?.[1] ?? Number.POSITIVE_INFINITY);
  const all = Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step, step));
  return {
    at: between([low, high], range),
    domain: [low, high],
    ticks: all.filter((tick) => tick >= low - step * 1e-9 && tick <= high + step * 1e-9),
  };
}

/**
 * A logarithmic scale around its values, with a little room at both ends.
 * @param values above 0, at least one
 * @param wanted ticks to use instead of powers of ten, for example the budgets themselves
 */
export function logScale(values: readonly number[], range: Range, wanted?: readonly number[]): Scale {
  const [least, most] = extent(values);
  const room = least === most ? 2 : (most / least) ** 0.04;
  const domain: readonly [number, number] = [least / room, most * room];
  const place = between([Math.log(domain[0]), Math.log(domain[1])], range);
  const at = (value: number): number => place(Math.log(value));
  const ticks = (wanted ?? powers(domain)).filter((tick) => tick >= domain[0] && tick <= domain[1]);
  return { at, domain, ticks };
}

/** Leaves out ticks whose labels would touch: a later one goes before the last. */
export function spaced(scale: Scale, apartPx: number): readonly number[] {
  const kept: number[] = [];
  for (const tick of [...scale.ticks].sort((a, b) => a - b)) {
    const before = kept.at(-1);
    if (before === undefined || Math.abs(scale.at(tick) - scale.at(before)) >= apartPx) kept.push(tick);
  }
  return kept;
}

/** Least and most of some numbers; those that aren't finite don't count. */
export function extent(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least > most ? [0, 1] : [least, most];
}

function between([low, high]: readonly [number, number], [from, to]: Range): (value: number) => number {
  const factor = high === low ? 0 : (to - from) / (high - low);
  return (value) => from + (value - low) * factor;
}

/** The next 1, 2 or 5 × 10ᵏ. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

/** 0.30000000000000004 → 0.3 */
const round = (value: number, step: number): number =>
  Number(value.toFixed(Math.max(0, 1 - Math.floor(Math.log10(step)))));

/** Powers of ten; within two decades also their doubles and fives. */
function powers([low, high]: readonly [number, number]): readonly number[] {
  const factors = high / low < 100 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    ticks.push(...factors.map((factor) => factor * power));
  }
  return ticks;
}
