/** Distance between neighbours' starts beyond whole pages: arrays at equal page offsets slow each other's loops by 2×. */
const STAGGER_BYTES = 576;
const PAGE_BYTES = 4096;

/** Float32 arrays of these sizes in one buffer, placed so that loops over several of them don't collide in the cache. */
export function allocateTogether(sizes: readonly number[]): readonly Float32Array[] {
  const starts: number[] = [];
  let end = 0;
  for (const size of sizes) {
    starts.push(end);
    end += Math.ceil((size * 4) / PAGE_BYTES) * PAGE_BYTES + STAGGER_BYTES;
  }
  const buffer = new ArrayBuffer(end);
  return sizes.map((size, index) => new Float32Array(buffer, starts[index] ?? 0, size));
}
