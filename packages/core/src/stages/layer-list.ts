import type { Layer } from "../layers/layer";

/** What stands between sums of weighted values and their ReLU. */
export type Norm = "none" | "layer" | "batch";

/** A network's layers while they are being listed. */
export class LayerList {
  readonly layers: Layer[] = [];

  /** Adds a layer and gives its name. */
  add(id: string, kind: string, from: readonly string[], params: Layer["params"] = {}): string {
    this.layers.push({ id, kind, params, from });
    return id;
  }

  /** The value with the norm that is asked for, if any. */
  normed(id: string, value: string, norm: Norm): string {
    return norm === "none" ? value : this.add(id, `${norm}-norm`, [value]);
  }

  /** One value of several; of one, itself. */
  joined(id: string, values: readonly string[]): string {
    const [only, ...more] = values;
    return only !== undefined && more.length === 0 ? only : this.add(id, "concat", values);
  }
}
