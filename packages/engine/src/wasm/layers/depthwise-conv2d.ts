import { type Build, times, type Value } from "../build";
import { layoutOf, upTo } from "../layout";
import type { Emission, Lowering } from "../lowering";
import type { Operand } from "../tape";
import { hasRoom } from "./conv2d";
import { biasLayout } from "./dense";
import { type Ends, geometryOf, type Geometry, gridOf, imageOperands, windowOperands } from "./geometry";
import { only } from "./sources";

/** Each channel's own filter over a zero-bordered image in panels. */
export const depthwiseConv2d: Lowering = {
  wishes: (facts) => ({ border: geometryOf(facts).border, inPanels: true }),
  layout: ({ group, wish }) => layoutOf(group.shape, { ...wish, inPanels: true }),
  weights: (facts) => {
    const { kernelRows, kernelColumns, channels } = geometryOf(facts);
    const width = upTo(8, channels);
    const from = Int32Array.from({ length: kernelRows * kernelColumns * width }, (_, index) => {
      const channel = index % width;
      return channel < channels ? Math.floor(index / width) * channels + channel : -1;
    });
    return { kernel: { from }, bias: biasLayout(channels) };
  },
  emit: (emission) => {
    const { build, group, weight } = emission;
    const geometry = geometryOf(group.facts);
    const x = inPanels(build, only(emission.sources), geometry);
    const y = build.value({ ...group, isFilled: true });
    build.tape.call("depthwise", {
      ...sizes({ x, y, geometry }),
      ...pixelWindows(x, geometry),
      kernel: weight("kernel").address,
      bias: weight("bias").address,
      ...imageOperands("y", y),
    });
    if (build.learns(y)) build.backward(() => emitBackward(emission, { x, y, geometry }));
    return y;
  },
};

function emitBackward({ build, group, weight }: Emission, ends: Ends): void {
  const { x, y, geometry } = ends;
  const [kernel, bias] = [weight("kernel"), weight("bias")];
  const dy = { ...imageOperands("dy", y), dy: { ...build.gradient(y), offset: gridOf(y.layout).first } };
  if (build.learns(x)) {
    const { place } = build.clearedGradientInto(x);
    const { stride, border, inHeight, inWidth } = geometry;
    build.tape.call("depthwiseInputGradient", {
      ...sizes(ends),
      stride,
      top: border.top,
      left: border.left,
      inHeight,
      inWidth,
      kernel: kernel.address,
      ...dy,
      ...imageOperands("dx", x),
      dx: { ...place, offset: gridOf(x.layout).first },
    });
  }
  if (!group.isTrained) return;
  const dKernel = { buffer: build.tape.passing(kernel.floats), offset: 0 };
  const dBias = { buffer: build.tape.passing(bias.floats), offset: 0 };
  build.tape.call("depthwiseGradient", {
    ...sizes(ends),
    ...pixelWindows(x, geometry),
    ...dy,
    dKernel,
    dBias,
  });
  build.update(kernel, dKernel);
  build.update(bias, dBias);
}

/** What all three kernels are told of the windows. */
const sizes = ({ y, geometry }: Ends): Record<string, Operand> => ({
  images: times(y.rows),
  height: geometry.height,
  width: geometry.width,
  channels: upTo(8, geometry.channels),
  kernelRows: geometry.kernelRows,
  kernelColumns: geometry.kernelColumns,
});

/** Where the windows of x lie, whose pixels are seen one by one. */
const pixelWindows = (x: Value, geometry: Geometry): Record<string, Operand> => ({
  ...windowOperands(x, geometry),
  xPixel: 4 * gridOf(x.layout).pixel,
});

/** The image in panels with enough zeros around it; a copy where it lies otherwise. */
function inPanels(build: Build, x: Value, geometry: Geometry): Value {
  const { grid, shape } = x.layout;
  const isReady = grid !== undefined && grid.pixel % 8 === 0 && hasRoom(x.layout, grid, geometry);
  if (isReady) return x;
  const { border } = geometry;
  return build.relaid(x, layoutOf(shape, { border, asSteps: false, inPanels: true, asLine: false }));
}
