import type { Tensor, Tf } from "@seams/core/train";
import type { BackendName } from "./backend-name";

/** A tfjs with one of its backends made ready: what steps run on. */
export interface Machine {
  readonly tf: Tf;
  readonly name: BackendName;
  /** Id of the kernels put over the backend's own. */
  readonly kernels: string;
  readonly threads: number;
  readonly version: string;
  /** Makes this backend tfjs' current one. Only tests keep two in a process. */
  use(): void;
  /**
   * A tensor's values without a copy where the backend can: valid until the next op, and not to be written to.
   */
  look(tensor: Tensor): Float32Array;
}
