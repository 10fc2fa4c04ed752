import { type Layout, piecesBetween, upTo } from "./layout";
import type { PlacedWeight } from "./lowering";
import { type Buffer, type Operand, type Place, Tape } from "./tape";

/** Arrays of one value. Views of it (flattened, folded) share them. */
interface Storage {
  readonly values: Buffer;
  /** Absent where no gradient is needed. */
  readonly gradient: Buffer | undefined;
  /** Whether a reader has written a gradient yet: the first one stores, the others add. */
  hasGradient: boolean;
  /** Whether the values are a ReLU's whose gradient still has to be taken out where they are 0. */
  readonly isRectified: boolean;
  /** Whether a reader left that to the layer itself. */
  isUnmasked: boolean;
}

/** What a layer gives, in a program. */
export interface Value {
  readonly layout: Layout;
  /** Rows for each record. */
  readonly rows: number;
  readonly storage: Storage;
}

/** How a value is stored. */
export interface ValueOptions {
  readonly layout: Layout;
  readonly rows: number;
  readonly learning: boolean;
  /** True: its writer writes every float that counts, so that its place may be shared outside of training. */
  readonly isFilled?: boolean;
  readonly isRectified?: boolean;
}

/** Where a reader writes its part of a gradient. */
export interface GradientTarget {
  readonly place: Place;
  readonly add: 0 | 1;
}

/** A program that is being written: calls of the forward pass, then those of the backward pass in reverse. */
export class Build {
  readonly tape = new Tape();
  private readonly later: (() => void)[] = [];
  private readonly clipped: { readonly weight: PlacedWeight; readonly gradient: Place }[] = [];

  /**
   * @param capacity most records of a step
   * @param clipNorm longest gradient of all weights together; undefined: weights take their steps one by one
   */
  constructor(
    readonly capacity: number,
    readonly isTraining: boolean,
    readonly clipNorm?: number,
  ) {}

  value({ layout, rows, learning, isFilled = false, isRectified = false }: ValueOptions): Value {
    const floats = this.rowsToHold(rows) * layout.stride;
    const shares = isFilled && !layout.hasGaps && !this.isTraining;
    const storage: Storage = {
      values: shares ? this.tape.passing(floats) : this.tape.kept(floats),
      gradient: learning && this.isTraining ? this.tape.kept(floats) : undefined,
      hasGradient: false,
      isRectified,
      isUnmasked: false,
    };
    return { layout, rows, storage };
  }

  /** Rows for which a value has room: products compute them four at a time. */
  rowsToHold(rows: number): number {
    return Math.ceil(upTo(4, this.capacity) * rows);
  }

  /** Calls of the backward pass, made when all readers of the output have written their part of its gradient. */
  backward(work: () => void): void {
    if (this.isTraining) this.later.push(work);
  }

  finishBackward(): void {
    for (const work of this.later.reverse()) work();
    if (this.clipNorm !== undefined) this.clip(this.clipNorm);
  }

  /** Shortens the gradient where it is too long, then takes all weights' steps. */
  private clip(limit: number): void {
    const sum: Place = { buffer: this.tape.kept(2), offset: 0 };
    this.tape.call("clear", { to: sum, bytes: 8 });
    for (const { weight, gradient } of this.clipped)
      this.tape.call("addSquares", { gradient, bytes: 4 * weight.floats, sum });
    for (const { weight, gradient } of this.clipped) {
      this.tape.call("shorten", { gradient, bytes: 4 * weight.floats, sum, limit });
      this.step(weight, gradient);
    }
  }

  /** Whether a gradient has to reach a value. */
  learns({ storage }: Value): boolean {
    return storage.gradient !== undefined;
  }

  /** The whole gradient of a value. @throws Error when nobody wrote it */
  gradient({ storage }: Value): Place {
    const { gradient, hasGradient } = storage;
    if (gradient === undefined || !hasGradient) throw new Error("programs: a gradient that nobody wrote.");
    return { buffer: gradient, offset: 0 };
  }

  /**
   * Where a reader writes its part of a value's gradient.
   * @param masked whether it takes out what a ReLU let not through
   */
  gradientInto(value: Value, masked = false): GradientTarget {
    const { storage } = value;
    if (storage.gradient === undefined) throw new Error("programs: a gradient that nobody wants.");
    const add = storage.hasGradient ? 1 : 0;
    storage.hasGradient = true;
    if (storage.isRectified && !masked) storage.isUnmasked = true;
    return { place: { buffer: storage.gradient, offset: 0 }, add };
  }

  /** Like `gradientInto` for a reader that doesn't write every value: the others are 0. */
  clearedGradientInto(value: Value): GradientTarget {
    const { place, add } = this.gradientInto(value);
    if (add === 0) this.tape.call("clear", { to: place, bytes: 4 * place.buffer.floats });
    return { place, add: 1 };
  }

  /** The step of a weight whose gradient is there, whole: at once, or when the gradient's length is known. */
  update(weight: PlacedWeight, gradient: Place): void {
    if (this.clipNorm === undefined) this.step(weight, gradient);
    else this.clipped.push({ weight, gradient });
  }

  private step({ address, first, second, pace, floats }: PlacedWeight, gradient: Place): void {
    this.tape.call("update", { weights: address, gradient, first, second, bytes: 4 * floats, pace });
  }

  /** The same values in another layout: a copy. */
  relaid(value: Value, layout: Layout): Value {
    const copy = this.value({ layout, rows: value.rows, learning: this.learns(value) });
    this.copy(value, copy, { from: value.layout.places, to: layout.places, add: 0 });
    return copy;
  }

  /** Copies values from and to these offsets in the record, or adds them; their gradients go back. */
  copy(from: Value, to: Value, offsets: Offsets): void {
    this.tape.call("copyPieces", {
      ...this.pieces(offsets.from, offsets.to),
      records: times(from.rows),
      from: at(from),
      fromRecord: 4 * from.layout.stride,
      to: at(to),
      toRecord: 4 * to.layout.stride,
      add: offsets.add,
    });
    if (!this.learns(from)) return;
    this.backward(() => {
      const { place, add } = this.gradientInto(from);
      this.tape.call("copyPieces", {
        ...this.pieces(offsets.to, offsets.from),
        records: times(from.rows),
        from: this.gradient(to),
        fromRecord: 4 * to.layout.stride,
        to: place,
        toRecord: 4 * from.layout.stride,
        add,
      });
    });
  }

  /** A kernel's list of the fewest pieces between two lists of offsets. */
  pieces(from: ArrayLike<number>, to: ArrayLike<number>): { pieces: Operand; count: Operand } {
    const pieces = piecesBetween(from, to);
    const numbers = pieces.flatMap((piece) => [4 * piece.from, 4 * piece.to, 4 * piece.length]);
    return { pieces: this.tape.table(Int32Array.from(numbers)), count: pieces.length };
  }
}

/** Where the values of a record are copied from and to, in floats. */
interface Offsets {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** 1: added to what is there. */
  readonly add: 0 | 1;
}

/** The address of a value's records, `offset` floats in. */
export const at = ({ storage }: Value, offset = 0): Place => ({ buffer: storage.values, offset });

/** Records of a step times a constant. */
export const times =
  (rows: number): ((records: number) => number) =>
  (records) =>
    Math.ceil(records * rows);
