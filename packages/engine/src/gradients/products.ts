import type { Tensor } from "@seams/core/train";
import { type Gradient, type GradientCall, kept, unbroadcast } from "./gradient";

/** Gradients of matrix products, convolutions and pooling. */
export const products: Readonly<Record<string, Gradient>> = {
  BatchMatMul: {
    inputs: ["a", "b"],
    by: (call) => {
      const [a, b] = [kept(call, 0), kept(call, 1)];
      return {
        a: () => unbroadcast(call.tf, leftGradient(call, b), a.shape),
        b: () => unbroadcast(call.tf, rightGradient(call, a), b.shape),
      };
    },
  },
  Conv2D: {
    inputs: ["x", "filter"],
    by: (call) => {
      const [x, filter] = [kept(call, 0), kept(call, 1)];
      const { dy, attrs } = call;
      return {
        x: () => run(call, "Conv2DBackpropInput", { dy, filter }, { ...attrs, inputShape: x.shape }),
        filter: () => run(call, "Conv2DBackpropFilter", { x, dy }, { ...attrs, filterShape: filter.shape }),
      };
    },
  },
  DepthwiseConv2dNative: {
    inputs: ["x", "filter"],
    by: (call) => {
      const [x, filter] = [kept(call, 0), kept(call, 1)];
      const { dy, attrs } = call;
      return {
        x: () =>
          run(call, "DepthwiseConv2dNativeBackpropInput", { dy, filter }, { ...attrs, inputShape: x.shape }),
        filter: () =>
          run(
            call,
            "DepthwiseConv2dNativeBackpropFilter",
            { x, dy },
            { ...attrs, filterShape: filter.shape },
          ),
      };
    },
  },
  AvgPool: {
    inputs: ["x"],
    by: (call) => ({
      x: () => run(call, "AvgPoolGrad", { dy: call.dy, input: kept(call, 0) }, call.attrs),
    }),
  },
  MaxPool: {
    inputs: ["x"],
    output: true,
    by: (call) => ({
      x: () =>
        run(call, "MaxPoolGrad", { dy: call.dy, input: kept(call, 0), output: kept(call, 1) }, call.attrs),
    }),
  },
};

/** y = a·b: da = dy·bᵀ; y = aᵀ·b: da = b·dyᵀ; and so on for a transposed b. */
function leftGradient({ tf, dy, attrs }: GradientCall, b: Tensor): Tensor {
  const transposeB = attrs["transposeB"] === true;
  return attrs["transposeA"] === true
    ? tf.matMul(b, dy, transposeB, true)
    : tf.matMul(dy, b, false, !transposeB);
}

/** y = a·b: db = aᵀ·dy; y = a·bᵀ: db = dyᵀ·a; and so on for a transposed a. */
function rightGradient({ tf, dy, attrs }: GradientCall, a: Tensor): Tensor {
  const transposeA = attrs["transposeA"] === true;
  return attrs["transposeB"] === true
    ? tf.matMul(dy, a, true, transposeA)
    : tf.matMul(a, dy, !transposeA, false);
}

function run(
  { tf }: GradientCall,
  kernel: string,
  inputs: Readonly<Record<string, Tensor>>,
  attrs: GradientCall["attrs"],
): Tensor {
  const output = tf.engine().runKernel<Tensor>(kernel, { ...inputs }, attrs);
  return output;
}
