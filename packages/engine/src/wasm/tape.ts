import type { Block } from "./heap";
import type { Kernels } from "./kernels";

/** Floats that kernels may read or write behind an array, into lanes that nobody looks at. */
const SLACK = 16;

/** An array of a program, before it has an address. */
export interface Buffer {
  readonly floats: number;
  /**
   * True: it has a place of its own, zeros at the start. False: it holds nothing before its first use in a step and
   * nothing after its last, and shares its place with others.
   */
  readonly kept: boolean;
  /** What it holds from the start. */
  readonly contents?: Int32Array;
}

/** A place in a buffer. */
export interface Place {
  readonly buffer: Buffer;
  /** Floats from its start. */
  readonly offset: number;
}

/** A kernel's argument: a number, an address, or a number that depends on how many records a step has. */
export type Operand = number | Place | ((records: number) => number);

interface Call {
  readonly kernel: string;
  readonly operands: Readonly<Record<string, Operand>>;
}

/** A list of kernel calls that is still being written. */
export class Tape {
  private readonly calls: Call[] = [];
  private readonly buffers: Buffer[] = [];
  private readonly results = new Set<Buffer>();

  call(kernel: string, operands: Readonly<Record<string, Operand>>): void {
    this.calls.push({ kernel, operands });
  }

  /** An array with its own place, zeros at the start. */
  kept(floats: number): Buffer {
    return this.add({ floats, kept: true });
  }

  /** An array that is only needed from its first use in a step to its last. */
  passing(floats: number): Buffer {
    return this.add({ floats, kept: false });
  }

  /** Whole numbers that kernels read. */
  table(contents: Int32Array): Place {
    return { buffer: this.add({ floats: contents.length, kept: true, contents }), offset: 0 };
  }

  /** What an array holds is still to be there when all calls have been made. */
  result({ buffer }: Place): void {
    this.results.add(buffer);
  }

  private add(buffer: Buffer): Buffer {
    this.buffers.push(buffer);
    return buffer;
  }

  /**
   * Gives every array an address and every call its arguments.
   * @throws Error when a call's arguments are not those of its kernel
   */
  layOut(kernels: Kernels): LaidOut {
    const offsets = placeBuffers(this.buffers, lifetimes(this.calls, this.results));
    const argumentBytes = this.calls.map(({ kernel }) => 4 * kernels.argumentsOf(kernel).length);
    const start = offsets.end;
    const block = kernels.heap.take(start + argumentBytes.reduce((sum, bytes) => sum + bytes, 0));
    const { integers, floats } = kernels.heap;
    const addressOf = ({ buffer, offset }: Place): number => {
      const at = offsets.of.get(buffer);
      if (at === undefined) throw new Error("programs: an array of another program.");
      return block.address + at + 4 * offset;
    };
    for (const buffer of this.buffers) {
      if (buffer.contents !== undefined) integers.set(buffer.contents, addressOf({ buffer, offset: 0 }) / 4);
    }
    const changing: Changing[] = [];
    let at = block.address + start;
    const steps = this.calls.map(({ kernel, operands }, index) => {
      const wanted = kernels.argumentsOf(kernel);
      checkNames(kernel, wanted, operands);
      for (const [position, { field, type }] of wanted.entries()) {
        const word = at / 4 + position;
        const operand = operands[field] ?? 0;
        if (typeof operand === "function") changing.push({ word, type, value: operand });
        else if (type === "float") floats[word] = numberOf(operand, addressOf);
        else integers[word] = numberOf(operand, addressOf);
      }
      const call = bind(kernels.kernel(kernel), at);
      at += argumentBytes[index] ?? 0;
      return call;
    });
    return { block, steps, addressOf, changing };
  }
}

interface Changing {
  readonly word: number;
  readonly type: "integer" | "float";
  readonly value: (records: number) => number;
}

/** A tape with addresses: its calls can be made, in order, any number of times. */
export interface LaidOut {
  readonly block: Block;
  readonly steps: readonly (() => void)[];
  addressOf(place: Place): number;
  /** Arguments that depend on how many records a step has. */
  readonly changing: readonly Changing[];
}

/** A function of its own per kernel would be seen by V8 as many shapes; one closure of one shape is called quickly. */
const bind =
  (kernel: (block: number) => void, block: number): (() => void) =>
  () =>
    kernel(block);

const numberOf = (operand: number | Place, addressOf: (place: Place) => number): number =>
  typeof operand === "number" ? operand : addressOf(operand);

function checkNames(
  kernel: string,
  wanted: readonly { readonly field: string }[],
  operands: Readonly<Record<string, Operand>>,
): void {
  const names = new Set(wanted.map(({ field }) => field));
  const unknown = Object.keys(operands).find((name) => !names.has(name));
  const missing = [...names].find((name) => operands[name] === undefined);
  if (unknown !== undefined) throw new Error(`programs: ${kernel} takes no ${unknown}.`);
  if (missing !== undefined) throw new Error(`programs: ${kernel} is called without ${missing}.`);
}

interface Lifetime {
  readonly buffer: Buffer;
  readonly first: number;
  readonly last: number;
}

/** Byte offsets: kept arrays one behind the other, then the others where no living neighbour lies. */
function placeBuffers(
  buffers: readonly Buffer[],
  lives: readonly Lifetime[],
): { readonly of: ReadonlyMap<Buffer, number>; readonly end: number } {
  const of = new Map<Buffer, number>();
  let end = 0;
  for (const buffer of buffers.filter(({ kept }) => kept)) {
    of.set(buffer, end);
    end += bytesOf(buffer);
  }
  const base = end;
  const placed: Lifetime[] = [];
  for (const life of lives) {
    const neighbours = placed
      .filter((other) => other.first <= life.last && life.first <= other.last)
      .map(({ buffer }) => ({ from: of.get(buffer) ?? 0, to: (of.get(buffer) ?? 0) + bytesOf(buffer) }))
      .sort((a, b) => a.from - b.from);
    let at = base;
    for (const { from, to } of neighbours) {
      if (at + bytesOf(life.buffer) <= from) break;
      at = Math.max(at, to);
    }
    of.set(life.buffer, at);
    placed.push(life);
    end = Math.max(end, at + bytesOf(life.buffer));
  }
  return { of, end };
}

/** Bytes of an array and its slack, whole cache lines. */
const bytesOf = ({ floats }: Buffer): number => Math.ceil((4 * (floats + SLACK)) / 64) * 64;

/** From which call to which each passing array is used, by first use. */
function lifetimes(calls: readonly Call[], results: ReadonlySet<Buffer>): readonly Lifetime[] {
  const lives = new Map<Buffer, Lifetime>();
  for (const [index, { operands }] of calls.entries()) {
    for (const operand of Object.values(operands)) {
      if (typeof operand !== "object" || operand.buffer.kept) continue;
      const { buffer } = operand;
      const last = results.has(buffer) ? calls.length : index;
      lives.set(buffer, { buffer, first: lives.get(buffer)?.first ?? index, last });
    }
  }
  return [...lives.values()];
}
