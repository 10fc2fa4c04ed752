/** Names one of very many sequences of random words: 64 bits, for example two words of a stream's state. */
export type WordKey = readonly [number, number];

/**
 * The first words of a key's sequence for one step, 32 random bits each. A word follows from
 * key, step and place alone, so a mask needs no state of its own to go on from.
 *
 * With the mixer m: s = m(key₀ + step), t = m(key₁ ⊕ s), word = m(m(place + s) ⊕ t).
 */
export function fillWords(into: Uint32Array, { key, step }: { key: WordKey; step: number }): void {
  const first = mix((key[0] + step) | 0);
  const second = mix(key[1] ^ first);
  for (let place = 0; place < into.length; place++) into[place] = mix(mix((place + first) | 0) ^ second);
}

/**
 * Every bit of the result depends on every bit of x; different x give different results.
 * @see Wellons, Prospecting for Hash Functions (2018), the 32-bit function of lowest bias of two rounds
 */
function mix(x: number): number {
  let word = x;
  word = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  word = Math.imul(word ^ (word >>> 15), 0x846ca68b);
  return word ^ (word >>> 16);
}
