/** A bar that was missed, and where it was missed why, by a profile. */
interface Reason {
  readonly bench: string;
  readonly who: string;
  /** What it was measured against. */
  readonly against?: string;
  readonly why: string;
}

const NARROW =
  "97 % of the time goes to products and updates, and products run at 36 to 38 GFLOP/s where the four-wide multiply–adds that WebAssembly has can reach 38 on this core: PyTorch's are sixteen wide (AVX-512)";
const MANY_OPS =
  "oneDNN's own code is a quarter to a half of the step (perf); the rest is TensorFlow going from op to op: allocations, copies, gates one by one, where PyTorch has few and large ops";

const GRID_KERNELS =
  "two thirds of a worker's time are the kernels of this one small network (Winograd's products, dense layers, the places that won), at the width of WebAssembly's SIMD";

/** What profiles said on the machine of RESULTS.md, 2 × Intel Xeon with AVX-512. */
const reasons: readonly Reason[] = [
  { bench: "mlp", who: "wasm-program", against: "torch-1", why: NARROW },
  {
    bench: "transformer",
    who: "wasm-program",
    against: "torch-1",
    why: "four fifths of the time goes to products; the whole step runs at about 29 GFLOP/s, where the four-wide multiply–adds that WebAssembly has can reach 38 on this core: PyTorch's are sixteen wide (AVX-512)",
  },
  {
    bench: "conv1d",
    who: "wasm-program",
    against: "torch-1",
    why: "56 % of the time goes to the places that won, at 28 GFLOP/s, and 33 % to Winograd's products: both are bound by loads and stores four values wide",
  },
  {
    bench: "mlp",
    who: "native-program",
    against: "torch-1",
    why: "51 % of the step are oneDNN's products, by AVX-512 as PyTorch's are, and 22 % Adam (perf)",
  },
  {
    bench: "cnn28",
    who: "native-program",
    against: "torch-1",
    why: "72 % of the step are in oneDNN, convolutions and pools (perf), and PyTorch calls oneDNN too",
  },
  {
    bench: "cnn64",
    who: "native-program",
    against: "tfjs-node-fit",
    why: "81 % of the step are oneDNN's convolutions (perf), which tfjs-node's own steps call too",
  },
  { bench: "gru", who: "native-program", against: "torch-1", why: MANY_OPS },
  { bench: "lstm", who: "native-program", against: "torch-1", why: MANY_OPS },
  { bench: "transformer", who: "native-program", against: "torch-1", why: MANY_OPS },
  {
    bench: "prediction",
    who: "gallery",
    why: "with the steps known, 79 of these 80 were within 2×: what isn't known beforehand is when early stopping ends a phase, anywhere between a quarter of its steps and all",
  },
  {
    bench: "grid",
    who: "seams",
    against: "torch",
    why: GRID_KERNELS,
  },
  {
    bench: "grid",
    who: "seams",
    against: "torch-1×2",
    why: GRID_KERNELS,
  },
];

/** Why a bar is missed, where a profile has said it. */
export const reasonFor = (bench: string, who: string, against?: string): string | undefined =>
  reasons.find((one) => one.bench === bench && one.who === who && one.against === against)?.why;
