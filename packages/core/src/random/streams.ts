import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Seed } from "../ids";

/**
 * A random stream: xoshiro128** (Blackman & Vigna 2018). Its four-word state can be read and written, so that a
 * checkpoint resumes it exactly. tfjs and Math.random are never asked for random numbers.
 */
export interface Stream {
  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number;
  /** Standard normal, by Box–Muller's polar form without a cached second value. */
  normal(): number;
  /** Uniform whole number in [0, below). */
  integer(below: number): number;
  /** Fisher–Yates permutation of 0…n−1. */
  permutation(n: number): Int32Array;
  state(): readonly [number, number, number, number];
}

/**
 * The stream of one purpose, for example `stream(seed, "init", stage, layer)`. Different names give independent
 * streams: adding a stage does not change another's randomness (science.md §3).
 */
export function stream(seed: Seed, ...purpose: readonly (string | number)[]): Stream {
  const digest = sha256(utf8ToBytes(JSON.stringify([seed, ...purpose])));
  const words = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return streamFrom([words.getUint32(0), words.getUint32(4), words.getUint32(8), words.getUint32(12) | 1]);
}

/** The stream that continues from a stored state. */
export function streamFrom(state: readonly [number, number, number, number]): Stream {
  let [a, b, c, d] = state;
  const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  const uniform = (): number => next() / 0x1_0000_0000;
  const integer = (below: number): number => Math.floor(uniform() * below);
  return {
    uniform,
    integer,
    normal: () => polarNormal(uniform),
    permutation: (n) => permute(n, integer),
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

/** Marsaglia's polar method; the second value is thrown away so that the state is only the generator's. */
function polarNormal(uniform: () => number): number {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

function permute(n: number, integer: (below: number) => number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last--) {
    const other = integer(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
