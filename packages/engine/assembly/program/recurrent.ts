// Steps of recurrent layers: what stands between the products. `width` values of a row are a multiple of 4; sums, gates
// and their gradients have `width` values a gate, gate behind gate. What stands behind a row's last unit stays 0 in states
// and gradients. Strides are in bytes; where none is given, rows lie one behind the other.
import { multiplyAdd } from "./fused";
import { decays } from "./exponential";

/** σ(x) of four values. */
function sigmoids(x: v128): v128 {
  const small = decays(f32x4.neg(f32x4.abs(x)));
  const one = f32x4.splat(1);
  return f32x4.div(v128.bitselect(small, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, small));
}

/** tanh x of four values: (1 − e) / (1 + e) with e = exp −2|x|, and x's sign. */
function tanhs(x: v128): v128 {
  const size = f32x4.abs(x);
  const small = decays(f32x4.mul(size, f32x4.splat(-2)));
  const one = f32x4.splat(1);
  const value = f32x4.div(f32x4.sub(one, small), f32x4.add(one, small));
  return v128.or(value, v128.and(x, i32x4.splat(0x80000000)));
}

/** z · h + (1 − z) · n from the sums of the input and of the state before; formulas: packages/core/src/layers/gru. */
@unmanaged
export class GruStep {
  records: i32;
  width: i32;
  /** By the input, three gates. */
  seen: usize;
  /** By the state before, three gates. */
  kept: usize;
  /** The state before, and the new one. */
  before: usize;
  after: usize;
  /** The new state once more, for readers; 0: not wanted. */
  y: usize;
  yRecord: i32;
  /** z, r and n, for the way back; 0: not wanted. */
  gates: usize;
  /** The state's sums of n, likewise. */
  inner: usize;
}

export function gruStep(call: GruStep): void {
  const bytes = (<usize>call.width) << 2;
  const one = f32x4.splat(1);
  for (let i = 0; i < call.records; i++) {
    const row = <usize>i * bytes;
    const seen = call.seen + 3 * row;
    const kept = call.kept + 3 * row;
    for (let k: usize = 0; k < bytes; k += 16) {
      const z = sigmoids(f32x4.add(v128.load(seen + k), v128.load(kept + k)));
      const r = sigmoids(f32x4.add(v128.load(seen + bytes + k), v128.load(kept + bytes + k)));
      const inner = v128.load(kept + 2 * bytes + k);
      const n = tanhs(multiplyAdd(r, inner, v128.load(seen + 2 * bytes + k)));
      const before = v128.load(call.before + row + k);
      const after = multiplyAdd(z, f32x4.sub(before, n), n);
      v128.store(call.after + row + k, after);
      if (call.y) v128.store(call.y + <usize>(i * call.yRecord) + k, after);
      if (!call.gates) continue;
      const gates = call.gates + 3 * row + k;
      v128.store(gates, z);
      v128.store(gates + bytes, r);
      v128.store(gates + 2 * bytes, n);
      v128.store(call.inner + row + k, inner);
    }
  }
}

/** From the gradient by the new state to those by the sums; `dh` becomes what goes on to the state before directly. */
@unmanaged
export class GruStepGradient {
  records: i32;
  width: i32;
  gates: usize;
  inner: usize;
  before: usize;
  dh: usize;
  /** Gradient by y, added to dh; 0: none. */
  dy: usize;
  dyRecord: i32;
  dSeen: usize;
  dKept: usize;
}

export function gruStepGradient(call: GruStepGradient): void {
  const bytes = (<usize>call.width) << 2;
  const one = f32x4.splat(1);
  for (let i = 0; i < call.records; i++) {
    const row = <usize>i * bytes;
    for (let k: usize = 0; k < bytes; k += 16) {
      const gates = call.gates + 3 * row + k;
      const z = v128.load(gates);
      const r = v128.load(gates + bytes);
      const n = v128.load(gates + 2 * bytes);
      let dh = v128.load(call.dh + row + k);
      if (call.dy) dh = f32x4.add(dh, v128.load(call.dy + <usize>(i * call.dyRecord) + k));
      const rest = f32x4.sub(one, z);
      const change = f32x4.sub(v128.load(call.before + row + k), n);
      const dz = f32x4.mul(f32x4.mul(f32x4.mul(dh, change), z), rest);
      const dn = f32x4.mul(f32x4.mul(dh, rest), f32x4.sub(one, f32x4.mul(n, n)));
      const reset = f32x4.mul(r, f32x4.sub(one, r));
      const dr = f32x4.mul(f32x4.mul(dn, v128.load(call.inner + row + k)), reset);
      v128.store(call.dh + row + k, f32x4.mul(dh, z));
      const seen = call.dSeen + 3 * row + k;
      v128.store(seen, dz);
      v128.store(seen + bytes, dr);
      v128.store(seen + 2 * bytes, dn);
      const kept = call.dKept + 3 * row + k;
      v128.store(kept, dz);
      v128.store(kept + bytes, dr);
      v128.store(kept + 2 * bytes, f32x4.mul(dn, r));
    }
  }
}

/** c ← f · c + i · g, h = o · tanh c from the sums of all gates; formulas: packages/core/src/layers/lstm. */
@unmanaged
export class LstmStep {
  records: i32;
  width: i32;
  sums: usize;
  /** The cells before, and the new ones. */
  before: usize;
  after: usize;
  /** The new state. */
  h: usize;
  /** The new state once more, for readers; 0: not wanted. */
  y: usize;
  yRecord: i32;
  /** i, f, g and o, for the way back; 0: not wanted. */
  gates: usize;
}

export function lstmStep(call: LstmStep): void {
  const bytes = (<usize>call.width) << 2;
  for (let n = 0; n < call.records; n++) {
    const row = <usize>n * bytes;
    const sums = call.sums + 4 * row;
    for (let k: usize = 0; k < bytes; k += 16) {
      const i = sigmoids(v128.load(sums + k));
      const f = sigmoids(v128.load(sums + bytes + k));
      const g = tanhs(v128.load(sums + 2 * bytes + k));
      const o = sigmoids(v128.load(sums + 3 * bytes + k));
      const c = multiplyAdd(i, g, f32x4.mul(f, v128.load(call.before + row + k)));
      const h = f32x4.mul(o, tanhs(c));
      v128.store(call.after + row + k, c);
      v128.store(call.h + row + k, h);
      if (call.y) v128.store(call.y + <usize>(n * call.yRecord) + k, h);
      if (!call.gates) continue;
      const gates = call.gates + 4 * row + k;
      v128.store(gates, i);
      v128.store(gates + bytes, f);
      v128.store(gates + 2 * bytes, g);
      v128.store(gates + 3 * bytes, o);
    }
  }
}

/** From the gradients by the new state and cells to that by the sums; `dc` becomes the one by the cells before. */
@unmanaged
export class LstmStepGradient {
  records: i32;
  width: i32;
  gates: usize;
  before: usize;
  after: usize;
  dh: usize;
  /** Gradient by y, added to dh; 0: none. */
  dy: usize;
  dyRecord: i32;
  dc: usize;
  dSums: usize;
}

export function lstmStepGradient(call: LstmStepGradient): void {
  const bytes = (<usize>call.width) << 2;
  const one = f32x4.splat(1);
  for (let n = 0; n < call.records; n++) {
    const row = <usize>n * bytes;
    for (let k: usize = 0; k < bytes; k += 16) {
      const gates = call.gates + 4 * row + k;
      const i = v128.load(gates);
      const f = v128.load(gates + bytes);
      const g = v128.load(gates + 2 * bytes);
      const o = v128.load(gates + 3 * bytes);
      const read = tanhs(v128.load(call.after + row + k));
      let dh = v128.load(call.dh + row + k);
      if (call.dy) dh = f32x4.add(dh, v128.load(call.dy + <usize>(n * call.dyRecord) + k));
      const opened = f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(read, read)));
      const dc = f32x4.add(v128.load(call.dc + row + k), opened);
      v128.store(call.dc + row + k, f32x4.mul(dc, f));
      const sums = call.dSums + 4 * row + k;
      v128.store(sums, slope(f32x4.mul(dc, g), i));
      v128.store(sums + bytes, slope(f32x4.mul(dc, v128.load(call.before + row + k)), f));
      v128.store(sums + 2 * bytes, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))));
      v128.store(sums + 3 * bytes, slope(f32x4.mul(dh, read), o));
    }
  }
}

/** d · s (1 − s): through a sigmoid whose value is s. */
function slope(d: v128, s: v128): v128 {
  return f32x4.mul(f32x4.mul(d, s), f32x4.sub(f32x4.splat(1), s));
}
