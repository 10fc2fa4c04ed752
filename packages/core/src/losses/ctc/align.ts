/** What one record's symbols cost, and how that changes with the raw values. */
export interface Alignment {
  /** −log of the probability of the symbols; infinite where they cannot stand in so few frames. */
  readonly loss: number;
  /** By the raw values, frames × width. */
  readonly gradient: Float64Array;
}

/** Raw values of one record: frames × width, the last of each frame's for the blank. */
export interface Frames {
  readonly raw: ArrayLike<number>;
  readonly frames: number;
  readonly width: number;
}

/**
 * Connectionist temporal classification: p(symbols) is the sum over all ways to give each frame a symbol or the blank so
 * that, repeats made one and blanks left out, the symbols are what remains. Computed forward and backward in the log
 * domain, in double precision.
 *
 * With path states s over blank, symbol, blank, symbol, …, blank; αₜ(s) of all beginnings that are in s at frame t, and
 * βₜ(s) of all endings behind it: −∂ log p / ∂zₜₖ = softmax(zₜ)ₖ − Σ over states of symbol k of αₜ(s) βₜ(s) / p.
 * @see Graves, Fernández, Gomez & Schmidhuber, Connectionist Temporal Classification (2006), equations 5 to 16
 */
export function align({ raw, frames, width }: Frames, symbols: readonly number[]): Alignment {
  const blank = width - 1;
  const states = Array.from({ length: 2 * symbols.length + 1 }, (_, s) =>
    s % 2 === 0 ? blank : (symbols[(s - 1) / 2] ?? blank),
  );
  const logs = logProbabilities({ raw, frames, width });
  const emit = (frame: number, state: number): number => logs[frame * width + (states[state] ?? 0)] ?? 0;
  const count = states.length;
  const before = forward({ frames, states, emit });
  const after = backward({ frames, states, emit });
  const last = (frames - 1) * count;
  const likelihood = logSum(
    before[last + count - 1] ?? NEVER,
    count < 2 ? NEVER : (before[last + count - 2] ?? NEVER),
  );
  const gradient = logs.map(Math.exp);
  for (let frame = 0; frame < frames; frame++) {
    for (const [state, symbol] of states.entries()) {
      const at = frame * count + state;
      const place = frame * width + symbol;
      gradient[place] =
        (gradient[place] ?? 0) - Math.exp((before[at] ?? NEVER) + (after[at] ?? NEVER) - likelihood);
    }
  }
  return { loss: -likelihood, gradient };
}

/** log 0 */
const NEVER = Number.NEGATIVE_INFINITY;

interface Lattice {
  readonly frames: number;
  readonly states: readonly number[];
  /** Log probability of a state's symbol in a frame. */
  emit(frame: number, state: number): number;
}

/** log αₜ(s), frames × states: a path stays, goes on to the next state, or jumps over a blank between unlike symbols. */
function forward({ frames, states, emit }: Lattice): Float64Array {
  const count = states.length;
  const found = new Float64Array(frames * count).fill(NEVER);
  for (let state = 0; state < Math.min(2, count); state++) found[state] = emit(0, state);
  for (let frame = 1; frame < frames; frame++) {
    for (let state = 0; state < count; state++) {
      const above = (frame - 1) * count + state;
      let sum = found[above] ?? NEVER;
      if (state >= 1) sum = logSum(sum, found[above - 1] ?? NEVER);
      if (mayJump(states, state)) sum = logSum(sum, found[above - 2] ?? NEVER);
      found[frame * count + state] = sum + emit(frame, state);
    }
  }
  return found;
}

/** log βₜ(s), frames × states, without what frame t itself emits. */
function backward({ frames, states, emit }: Lattice): Float64Array {
  const count = states.length;
  const found = new Float64Array(frames * count).fill(NEVER);
  for (let state = Math.max(0, count - 2); state < count; state++) found[(frames - 1) * count + state] = 0;
  for (let frame = frames - 2; frame >= 0; frame--) {
    for (let state = 0; state < count; state++) {
      const next = (to: number): number => (found[(frame + 1) * count + to] ?? NEVER) + emit(frame + 1, to);
      let sum = next(state);
      if (state + 1 < count) sum = logSum(sum, next(state + 1));
      if (state + 2 < count && mayJump(states, state + 2)) sum = logSum(sum, next(state + 2));
      found[frame * count + state] = sum;
    }
  }
  return found;
}

/** Whether a state can be reached from two states before it. */
const mayJump = (states: readonly number[], state: number): boolean =>
  state % 2 === 1 && state >= 2 && states[state] !== states[state - 2];

/** log(eᵃ + eᵇ) */
function logSum(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === NEVER ? NEVER : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}

/** log softmax of each frame. */
function logProbabilities({ raw, frames, width }: Frames): Float64Array {
  const logs = Float64Array.from(raw);
  for (let frame = 0; frame < frames; frame++) {
    const values = logs.subarray(frame * width, (frame + 1) * width);
    const most = values.reduce((largest, value) => Math.max(largest, value), NEVER);
    const sum = values.reduce((total, value) => total + Math.exp(value - most), 0);
    for (const [at, value] of values.entries()) values[at] = value - most - Math.log(sum);
  }
  return logs;
}
