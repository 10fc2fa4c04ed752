// Kernels of the wasm step programs, compiled by ../build.mjs. A kernel takes one address: that of a block of 32-bit
// arguments in memory, whose order is that of its class. Programs write such blocks once, and run them step after step.
export { ctcLoss } from "./alignment";
export { attend, attendGradient } from "./attention";
export { average, averageGradient } from "./average";
export { batchMoments, batchNorm, batchNormGradient, movingMoments } from "./batch-norm";
export { addSquares, shorten } from "./clip";
export { convolution, convolutionGradient } from "./convolution";
export { denseStep } from "./dense";
export { depthwise, depthwiseGradient, depthwiseInputGradient } from "./depthwise";
export { sigmoidLoss, smoothLoss, softmaxLoss, squaredLoss } from "./losses";
export { layerNorm, layerNormGradient } from "./normalise";
export { pool, poolGradient } from "./pool";
export { sigmoid, sigmoidGradient, softmax, softmaxGradient } from "./probabilities";
export { pooledConvolution } from "./pooled-convolution";
export { product, transpose } from "./product";
export { productGradient } from "./product-gradient";
export { gruStep, gruStepGradient, lstmStep, lstmStepGradient } from "./recurrent";
export { pooledSingle } from "./single-channel";
export { singleGradient } from "./single-channel-gradient";
export { sparseGradient } from "./sparse-gradient";
export { update } from "./update";
export {
  clear,
  copyPieces,
  passGradient,
  rectify,
  reorder,
  standardise,
  standardiseGradient,
} from "./values";
export { pooledWinograd, winogradKernel } from "./winograd";
export { pooledWinogradLine, winogradLineKernel } from "./winograd-line";
export { drop } from "./words";
