// Connectionist temporal classification, as packages/core/src/losses/ctc/align.ts has it: record by record, in the log
// domain, in double precision. A path's states are blank, symbol, blank, …, symbol, blank.
import { doubleDecays } from "./exponential";
import { Loss, scaleOf } from "./losses";

/** log 0 */
const NEVER: f64 = -Infinity;
/** Behind a target's end. */
const NO_SYMBOL: f32 = -1;

/** One record's working memory: begins a loss' scratch, and is followed by what it points to. */
@unmanaged
class Lattice {
  frames: i32;
  states: i32;
  /** Log softmax, [frames, width] doubles. */
  logs: usize;
  /** Bytes of a frame's. */
  logsFrame: usize;
  /** log αₜ(s): for each frame a row of its useful states, with two of log 0 before and two behind them. */
  before: usize;
  beforeFrame: usize;
  /** log βₜ(s) with what frame t itself emits, of the latest frame, by state; behind all states two of log 0. */
  after: usize;
  /** What the paths expect of each of a frame's values, doubles; zeros between frames. */
  expected: usize;
  /** By state, the byte offset of its symbol in a frame's log softmax. Two unused stand before and behind them. */
  symbols: usize;
}

/**
 * Shared out on a record's labelled frames: −log of the chance that its frames say its symbols. The gradient of a raw
 * value is its softmax less the chance that a path which says the symbols goes through it. Symbols end at −1, or at a
 * masked frame. What there is no room for costs infinitely much, and what is no symbol NaN: neither step may be taken.
 *
 * Scratch, in floats: 2 · (frames · (frames + width + 5) + 2 · frames + width + 5) + 2 · frames + 21.
 */
export function ctcLoss(call: Loss): void {
  const scale = <f64>scaleOf(call);
  const lattice = latticeIn(call);
  let total: f64 = 0;
  for (let n = 0; n < call.rows; n++) {
    const raw = call.raw + <usize>(n * call.rawRow);
    const to = call.dRaw ? call.dRaw + <usize>(n * call.dRawRow) : 0;
    const share = labelledShare(call, n);
    let likelihood = NEVER;
    if (share > 0) {
      const areSymbols = readSymbols(call, lattice, n);
      logSoftmax(call, lattice, raw);
      likelihood = areSymbols ? forward(lattice) : NaN;
      total -= share * likelihood;
    }
    if (!to) continue;
    if (likelihood > NEVER) backward(call, lattice, to, likelihood, share * scale);
    else
      for (let t: usize = 0; t < (<usize>call.slots) << 2; t += 4)
        memory.fill(to + <usize>load<i32>(call.starts + t), 0, (<usize>call.width) << 2);
  }
  store<f64>(call.sums, total);
}

function latticeIn(call: Loss): Lattice {
  const lattice = changetype<Lattice>(call.scratch);
  const frames = <usize>call.slots;
  lattice.frames = call.slots;
  lattice.logsFrame = (<usize>call.width) << 3;
  lattice.beforeFrame = (frames + 5) << 3;
  lattice.logs = call.scratch + 64;
  lattice.before = lattice.logs + frames * lattice.logsFrame;
  lattice.after = lattice.before + frames * lattice.beforeFrame;
  lattice.expected = lattice.after + ((2 * frames + 3) << 3);
  lattice.symbols = lattice.expected + lattice.logsFrame + 16;
  memory.fill(lattice.expected, 0, lattice.logsFrame + 8);
  return lattice;
}

/** The share of a record's frames whose loss counts. */
function labelledShare(call: Loss, n: i32): f64 {
  const mask = call.mask + ((<usize>(n * call.slots)) << 2);
  let count = 0;
  for (let t: usize = 0; t < (<usize>call.slots) << 2; t += 4) count += i32(load<f32>(mask + t) > 0);
  return <f64>count / <f64>call.slots;
}

/** Sets the states of a record's paths. @returns whether all its symbols are ones */
function readSymbols(call: Loss, lattice: Lattice, n: i32): bool {
  const start = (<usize>(n * call.slots)) << 2;
  const blank = call.width - 1;
  let to = lattice.symbols;
  store<i32>(to, blank << 3);
  lattice.states = 1;
  for (let at = start; at < start + ((<usize>call.slots) << 2); at += 4) {
    const label = load<f32>(call.target + at);
    if (!(load<f32>(call.mask + at) > 0) || label == NO_SYMBOL) break;
    if (!(label >= 0 && label < <f32>blank) || floor<f32>(label) != label) return false;
    store<i32>(to, (<i32>label) << 3, 4);
    store<i32>(to, blank << 3, 8);
    to += 8;
    lattice.states += 2;
  }
  return true;
}

function logSoftmax(call: Loss, lattice: Lattice, raw: usize): void {
  const bytes = (<usize>call.width) << 2;
  let to = lattice.logs;
  for (let t: usize = 0; t < (<usize>call.slots) << 2; t += 4) {
    const from = raw + <usize>load<i32>(call.starts + t);
    let most = load<f32>(from);
    for (let k: usize = 4; k < bytes; k += 4) most = max<f32>(most, load<f32>(from + k));
    const top = f64x2.splat(<f64>most);
    let sums = f64x2.splat(0);
    for (let k: usize = 0; k < bytes; k += 8) {
      let parts = doubleDecays(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(from + k)), top));
      // Behind the frame others lie.
      if (k + 4 == bytes) parts = f64x2.replace_lane(parts, 1, 0);
      sums = f64x2.add(sums, parts);
    }
    const less = <f64>most + Math.log(f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
    for (let k: usize = 0; k < bytes; k += 4, to += 8) store<f64>(to, <f64>load<f32>(from + k) - less);
  }
}

/** Sets log α. @returns the log of the chance of all paths together */
function forward(lattice: Lattice): f64 {
  const states = lattice.states;
  let row = beforeRow(lattice, 0);
  for (let t = 0; t < lattice.frames; t++) {
    const above = row;
    row = beforeRow(lattice, t);
    const low = lowest(lattice, t);
    const high = highest(lattice, t);
    put(row, low - 2, NEVER);
    put(row, low - 1, NEVER);
    put(row, high + 1, NEVER);
    put(row, high + 2, NEVER);
    for (let s = low; s <= high; s++) {
      // A path stays, goes on, or jumps over a blank.
      const sum =
        t == 0
          ? 0
          : logSum(get(above, s), get(above, s - 1), mayJump(lattice, s) ? get(above, s - 2) : NEVER);
      put(row, s, sum + emitted(lattice, t, s));
    }
  }
  return logSum(get(row, states - 1), get(row, states - 2), NEVER);
}

/** Finds log β, and writes the gradient, frame by frame from the last. */
function backward(call: Loss, lattice: Lattice, to: usize, likelihood: f64, scale: f64): void {
  const after = lattice.after;
  const expected = lattice.expected;
  const factor = f64x2.splat(scale);
  const bytes = (<usize>call.width) << 2;
  for (let s = 0; s < lattice.states + 2; s++) put(after, s, NEVER);
  for (let t = lattice.frames - 1; t >= 0; t--) {
    const row = beforeRow(lattice, t);
    const high = highest(lattice, t);
    for (let s = lowest(lattice, t); s <= high; s++) {
      const rest =
        t == lattice.frames - 1
          ? 0
          : logSum(get(after, s), get(after, s + 1), mayJump(lattice, s + 2) ? get(after, s + 2) : NEVER);
      const place = expected + symbolOf(lattice, s);
      store<f64>(place, load<f64>(place) + decay(get(row, s) + rest - likelihood));
      // States below are not asked for again.
      put(after, s, rest + emitted(lattice, t, s));
    }
    const slot = to + <usize>load<i32>(call.starts + ((<usize>t) << 2));
    const logs = lattice.logs + <usize>t * lattice.logsFrame;
    for (let k: usize = 0; k < bytes; k += 8) {
      const place = expected + (k << 1);
      const softmax = doubleDecays(v128.load(logs + (k << 1)));
      const slope = f64x2.mul(factor, f64x2.sub(softmax, v128.load(place)));
      store<f32>(slot + k, <f32>f64x2.extract_lane(slope, 0));
      // Behind the frame the next one lies, which is done.
      if (k + 4 < bytes) store<f32>(slot + k, <f32>f64x2.extract_lane(slope, 1), 4);
      v128.store(place, i64x2.splat(0));
    }
  }
}

/** The first state from which the end can be reached behind frame t. */
function lowest(lattice: Lattice, t: i32): i32 {
  return max(0, lattice.states - 2 * (lattice.frames - t));
}

/** The last state that can be reached at frame t. */
function highest(lattice: Lattice, t: i32): i32 {
  return min(lattice.states - 1, 2 * t + 1);
}

/** exp x for an x that is at most 0, but for rounding. */
function decay(x: f64): f64 {
  return f64x2.extract_lane(doubleDecays(f64x2.splat(x)), 0);
}

/** Where state 0 of a frame's log α lies, or would lie. */
function beforeRow(lattice: Lattice, t: i32): usize {
  return lattice.before + <usize>t * lattice.beforeFrame + <usize>((2 - lowest(lattice, t)) << 3);
}

function get(row: usize, state: i32): f64 {
  return load<f64>(row + <usize>(state << 3));
}

function put(row: usize, state: i32, value: f64): void {
  store<f64>(row + <usize>(state << 3), value);
}

function symbolOf(lattice: Lattice, state: i32): usize {
  return <usize>load<i32>(lattice.symbols + <usize>(state << 2));
}

/** Log of the chance of a state's symbol in a frame. */
function emitted(lattice: Lattice, t: i32, state: i32): f64 {
  return load<f64>(lattice.logs + <usize>t * lattice.logsFrame + symbolOf(lattice, state));
}

/** Whether a path may come from two states before: over a blank, between unlike symbols. */
function mayJump(lattice: Lattice, state: i32): bool {
  return symbolOf(lattice, state) != symbolOf(lattice, state - 2);
}

/** log(eᵃ + eᵇ + eᶜ) */
function logSum(a: f64, b: f64, c: f64): f64 {
  const larger = max<f64>(a, b);
  const most = max<f64>(larger, c);
  if (most == NEVER) return NEVER;
  const parts = doubleDecays(f64x2(min<f64>(a, b) - most, min<f64>(larger, c) - most));
  return most + Math.log(1 + f64x2.extract_lane(parts, 0) + f64x2.extract_lane(parts, 1));
}
