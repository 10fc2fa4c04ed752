/** A stretch of program memory, filled with zeros when it was taken. */
export interface Block {
  readonly address: number;
  readonly bytes: number;
  free(): void;
}

/**
 * The memory of all step programs of a process. It grows when it must, and what was freed is used again, so that
 * hundreds of small runs, one after the other, need no more than the largest of them.
 */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /** @throws Error when 4 GiB are not enough */
  take(bytes: number): Block;
  /** Views of the whole memory: valid until the next `take`. */
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
  /** Blocks that were taken and not freed, for leak tests. */
  readonly liveBlocks: number;
}

const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;
/** Below lie the kernels' constants. */
const FIRST_ADDRESS = PAGE_BYTES;
const ALIGNMENT = 64;

interface Gap {
  readonly address: number;
  readonly bytes: number;
}

/** An empty heap of its own memory. */
export function createHeap(): Heap {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: MOST_PAGES });
  let gaps: readonly Gap[] = [{ address: FIRST_ADDRESS, bytes: memory.buffer.byteLength - FIRST_ADDRESS }];
  let liveBlocks = 0;
  let views = viewsOf(memory);

  const grow = (bytes: number): void => {
    const before = memory.buffer.byteLength;
    const last = gaps.at(-1);
    const atEnd = last !== undefined && last.address + last.bytes === before ? last.bytes : 0;
    const pages = Math.ceil((bytes - atEnd) / PAGE_BYTES);
    if (before / PAGE_BYTES + pages > MOST_PAGES) {
      throw new Error(`programs: no room for ${Math.ceil(bytes / 2 ** 20)} MiB more within 4 GiB.`);
    }
    memory.grow(pages);
    views = viewsOf(memory);
    gaps = joined([...gaps, { address: before, bytes: pages * PAGE_BYTES }]);
  };
  return {
    memory,
    take(wanted) {
      const bytes = Math.max(ALIGNMENT, Math.ceil(wanted / ALIGNMENT) * ALIGNMENT);
      if (!gaps.some((gap) => gap.bytes >= bytes)) grow(bytes);
      const found = gaps.find((gap) => gap.bytes >= bytes);
      if (found === undefined) throw new Error("programs: memory grew and has no room.");
      const { address } = found;
      gaps = gaps.flatMap((gap) =>
        gap !== found
          ? [gap]
          : gap.bytes === bytes
            ? []
            : [{ address: address + bytes, bytes: gap.bytes - bytes }],
      );
      views.floats.fill(0, address / 4, (address + bytes) / 4);
      liveBlocks++;
      let isTaken = true;
      return {
        address,
        bytes,
        free: () => {
          if (!isTaken) return;
          isTaken = false;
          liveBlocks--;
          gaps = joined([...gaps, { address, bytes }]);
        },
      };
    },
    get floats() {
      return views.floats;
    },
    get integers() {
      return views.integers;
    },
    get doubles() {
      return views.doubles;
    },
    get liveBlocks() {
      return liveBlocks;
    },
  };
}

const viewsOf = ({ buffer }: WebAssembly.Memory) => ({
  floats: new Float32Array(buffer),
  integers: new Int32Array(buffer),
  doubles: new Float64Array(buffer),
});

/** Gaps by address, neighbours made one. */
function joined(gaps: readonly Gap[]): readonly Gap[] {
  const whole: Gap[] = [];
  for (const gap of gaps.toSorted((a, b) => a.address - b.address)) {
    const last = whole.at(-1);
    if (last !== undefined && last.address + last.bytes === gap.address)
      whole[whole.length - 1] = { address: last.address, bytes: last.bytes + gap.bytes };
    else whole.push(gap);
  }
  return whole;
}
