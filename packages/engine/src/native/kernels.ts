import type { Tf } from "@seams/core/train";
import type { KernelConfig, NamedAttrMap } from "@tensorflow/tfjs-core";

/** The name under which tfjs registers tfjs-node's backend. */
const BACKEND = "tensorflow";
const FILTER_GRADIENT = "Conv2DBackpropFilter";

/** Id of the corrections: a change of bits by them is a change of this. */
export const NATIVE_KERNELS = "seams-native-1";

/**
 * Puts kernels that are right over those of tfjs-node, whose backend must have started. There is one: oneDNN's gradient
 * of a 1×1 convolution with a stride by its filter writes beyond its memory (libtensorflow 2.21).
 */
export function correctNativeKernels(tf: Tf): void {
  const stock = stockKernel(tf, FILTER_GRADIENT);
  const slice = stockKernel(tf, "StridedSlice");
  tf.unregisterKernel(FILTER_GRADIENT, BACKEND);
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { inputs, attrs = {} } = call;
      const steps = stridesOf(attrs);
      const isPicked = filterSize(attrs) === 1 && steps.some((step) => step !== 1);
      if (inputs["x"] === undefined || !isPicked) return stock.kernelFunc(call);
      // Only some values of x take part: it is the gradient of a convolution of those, without a stride.
      const own = { x: inputs["x"] };
      const x = slice.kernelFunc({ ...call, inputs: own, attrs: everyNth(own.x.shape, steps) });
      if (!(x instanceof tf.Tensor)) throw new Error("native: a slice is a tensor.");
      const gradient = stock.kernelFunc({
        ...call,
        inputs: { ...inputs, x },
        attrs: { ...attrs, strides: [1, 1] },
      });
      x.dispose();
      return gradient;
    },
  });
}

function stockKernel(tf: Tf, name: string): KernelConfig {
  const found: KernelConfig | undefined = tf.getKernel(name, BACKEND);
  if (found === undefined) throw new Error(`native: tfjs-node has no kernel ${name}.`);
  return found;
}

/** Down and across. */
function stridesOf({ strides }: NamedAttrMap): readonly [number, number] {
  const [down = 1, across = down] = [strides].flat().map(Number);
  return [down, across];
}

/** Height × width of the filter that an attribute gives the shape of. */
function filterSize({ filterShape }: NamedAttrMap): number {
  const [height = 0, width = 0] = [filterShape].flat().map(Number);
  return height * width;
}

/** Every so many-th row and column of images, as a slice's attributes. */
const everyNth = (shape: readonly number[], [down, across]: readonly [number, number]): NamedAttrMap => ({
  ...{ begin: [0, 0, 0, 0], end: [...shape], strides: [1, down, across, 1] },
  ...{ beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 },
});
