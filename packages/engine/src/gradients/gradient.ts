import type { Tensor, Tf } from "@seams/core/train";
import type { GradConfig, NamedAttrMap } from "@tensorflow/tfjs-core";

/** What a gradient is computed from. */
export interface GradientCall {
  readonly tf: Tf;
  /** Gradient of the loss by the op's output. */
  readonly dy: Tensor;
  /** The inputs that the gradient asked for, in its order, then the output if it asked for that. */
  readonly saved: readonly Tensor[];
  readonly attrs: NamedAttrMap;
}

/** What the gradient of an op with several outputs is computed from. */
export interface PartsCall {
  readonly tf: Tf;
  /** Gradients by each output. */
  readonly dys: readonly Tensor[];
  readonly attrs: NamedAttrMap;
}

/** How an op that gives its input's parts passes their gradients on. */
export interface PartsGradient {
  /** Its input's name. */
  readonly input: string;
  together(call: PartsCall): Tensor;
}

/** Makes the gradient of an op with several outputs known to tfjs. */
export const registerPartsGradient = (
  tf: Tf,
  kernelName: string,
  { input, together }: PartsGradient,
): void => {
  tf.registerGradient({
    kernelName,
    gradFunc: (dy, _, attrs) => ({ [input]: () => together({ tf, dys: [dy].flat(), attrs }) }),
  });
};

/** How an op passes a gradient on to its inputs. */
export interface Gradient {
  /** Inputs to keep from the forward pass. `all`: a list of them, as concat has. */
  readonly inputs: readonly string[] | "all";
  readonly output?: true;
  /** One function per input; only those that are needed are called. */
  by(call: GradientCall): Readonly<Record<string, () => Tensor>>;
}

/** Makes a gradient known to tfjs. */
export function registerGradient(tf: Tf, kernelName: string, gradient: Gradient): void {
  const config: GradConfig = {
    kernelName,
    ...(gradient.inputs === "all" ? { saveAllInputs: true } : { inputsToSave: [...gradient.inputs] }),
    ...(gradient.output === true ? { outputsToSave: [true] } : {}),
    gradFunc: (dy, saved, attrs) => {
      if (Array.isArray(dy)) throw new Error(`gradients: ${kernelName} has more than one output.`);
      return { ...gradient.by({ tf, dy, saved, attrs }) };
    },
  };
  tf.registerGradient(config);
}

/** @throws Error when the forward pass kept fewer tensors than the gradient says */
export function kept({ saved }: GradientCall, index: number): Tensor {
  const tensor = saved[index];
  if (tensor === undefined) throw new Error(`gradients: nothing was kept at ${index}.`);
  return tensor;
}

/** The gradient of a value that was broadcast: summed over the axes along which it was repeated. */
export function unbroadcast(tf: Tf, dy: Tensor, shape: readonly number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], dy.shape);
  const summed = axes.length === 0 ? dy : tf.sum(dy, axes);
  return tf.reshape(summed, [...shape]);
}
