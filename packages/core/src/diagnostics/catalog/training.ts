import { defineDiagnostic } from "../define";
import { countOf, listNames, quote } from "../words";

/** A joint link through stages that no gradient passes. */
export const jointLinkBlocked = defineDiagnostic({
  code: "joint-link-blocked",
  severity: "error",
  title: "No gradient can pass here",
  cause:
    "Training two stages together needs a gradient from the downstream loss to the upstream stage. A stage between " +
    "them (an argmax, a lookup, a search) lets none pass.",
  remedy: "Give the upstream stage a label of its own, or replace the blocking stage.",
  message: (facts: { readonly upstream: string; readonly blocking: readonly string[] }) =>
    `${quote(facts.upstream)} cannot be trained through ${listNames(facts.blocking)}: no gradient passes there.`,
});

/** A learned stage that no loss reaches. */
export const nothingSupervises = defineDiagnostic({
  code: "nothing-supervises",
  severity: "error",
  title: "Nothing trains this stage",
  cause:
    "A learned stage learns from its own label, or from a supervised stage downstream. This one has neither.",
  remedy: "Name a label field, or link its output towards a supervised stage.",
  message: (facts: { readonly stage: string }) => `No loss reaches the stage ${quote(facts.stage)}.`,
});

/** A cross-fitted link from a value without a label. */
export const crossFittedNeedsLabel = defineDiagnostic({
  code: "cross-fitted-needs-label",
  severity: "error",
  title: "Cross-fitted without a label",
  cause: "Cross-fitting trains the upstream stage once per fold, on its own label. Its output here has none.",
  remedy: 'Name a label on the upstream stage, or use the mode "joint".',
  message: (facts: { readonly from: string }) => `${quote(facts.from)} has no label to cross-fit on.`,
});

/** A predicted link from a value without a label. */
export const predictedNeedsLabel = defineDiagnostic({
  code: "predicted-needs-label",
  severity: "error",
  title: "Predicted without a label",
  cause: "In this mode the upstream stage is trained first, on its own label. Its output here has none.",
  remedy: 'Name a label on the upstream stage, or use the mode "joint".',
  message: (facts: { readonly from: string }) => `${quote(facts.from)} has no label to be trained on first.`,
});

/** A link of mode `label` from a value without a label. */
export const labelModeNeedsLabel = defineDiagnostic({
  code: "label-mode-needs-label",
  severity: "error",
  title: "Label mode without a label",
  cause:
    "In this mode the downstream stage trains on the true value. The upstream output has no label field to take it from.",
  remedy: 'Name a label on the upstream stage, or use the mode "joint".',
  message: (facts: { readonly from: string }) =>
    `${quote(facts.from)} has no label field to take the true value from.`,
});

/** A mode on a link that doesn't end at a learned stage. */
export const modeNotHere = defineDiagnostic({
  code: "mode-not-here",
  severity: "error",
  title: "A mode where nothing is trained",
  cause:
    "A mode says how a learned stage's input is fed while it trains. This link doesn't carry a learned value into one.",
  remedy: "Remove the mode from this link.",
  message: (facts: { readonly mode: string; readonly reason: string }) =>
    `The mode ${quote(facts.mode)} has no meaning here: ${facts.reason}.`,
});

/** Frozen and joint at once. */
export const frozenCannotJoin = defineDiagnostic({
  code: "frozen-cannot-join",
  severity: "warning",
  title: "A frozen stage cannot be trained jointly",
  cause:
    "The stage starts from an artifact with all its layers frozen, so that nothing trains it through this link.",
  remedy: "Freeze fewer layers, or remove the label or mode.",
  message: (facts: { readonly stage: string }) =>
    `The stage ${quote(facts.stage)} is frozen and learns nothing here.`,
});

/** A head whose field's type no network can give. */
export const headUnpredictable = defineDiagnostic({
  code: "head-unpredictable",
  severity: "error",
  title: "A network cannot predict this type",
  cause:
    "A head gives a label, flags, a scalar, a vector, a box, or a sequence of one of them with each. This field is none of them.",
  remedy:
    "Name a label field of another type. A text, or a sequence of classes without each, is what a transcriber learns to write.",
  message: (facts: { readonly field: string; readonly seen: string }) =>
    `No head can predict ${quote(facts.field)}, which is ${facts.seen}.`,
});

/** An output whose size doesn't follow from anything. */
export const sizeUnknown = defineDiagnostic({
  code: "size-unknown",
  severity: "error",
  title: "Output of unknown size",
  cause: "The output has no label from which its size would follow, and no size of its own.",
  remedy: "Give the stage a label or a size.",
  message: (facts: { readonly stage: string; readonly port: string }) =>
    `The output ${quote(facts.port)} of ${quote(facts.stage)} has neither a label nor a size.`,
});

/** Shapes that a layer cannot take, for example a kernel larger than the image. */
export const layerDoesNotFit = defineDiagnostic({
  code: "layer-does-not-fit",
  severity: "error",
  title: "Shape doesn't fit a layer",
  cause:
    "After the layers before it, the value's shape cannot go through this layer; often the image became smaller than the kernel.",
  remedy: "Use fewer layers, a smaller kernel, or a larger input.",
  message: (facts: { readonly layer: string; readonly reason: string }) =>
    `The layer ${quote(facts.layer)}: ${facts.reason}.`,
});

/** A norm over a batch that has one value of each channel. */
export const batchTooSmall = defineDiagnostic({
  code: "batch-too-small",
  severity: "error",
  title: "Batch too small for its norm",
  cause:
    "Batch norm tells the values of a channel in a training batch from their mean. Where there is one value alone, that is 0 for every record, and nothing is learned behind it.",
  remedy: "Train in larger batches, or take layer norm.",
  message: (facts: { readonly layer: string; readonly batchSize: number }) =>
    `The layer ${quote(facts.layer)} norms over a batch of ${countOf(facts.batchSize, "record")} with one value a channel.`,
});

/** More symbols than the frames of a network have room for. */
export const framesTooFew = defineDiagnostic({
  code: "frames-too-few",
  severity: "error",
  title: "Too few frames for the label",
  cause:
    "Each symbol takes a frame of the network, and between two equal ones there must be a blank. The longest value of the field may not fit.",
  remedy: "Use smaller pools, strides or frames, so that more of them are left, or a longer input.",
  message: (facts: {
    readonly field: string;
    readonly symbols: number;
    readonly needed: number;
    readonly frames: number;
  }) =>
    `${quote(facts.field)} has up to ${countOf(facts.symbols, "symbol")}, which need ${countOf(facts.needed, "frame")}; the network has ${facts.frames}.`,
});

/** A graph without learned stages. */
export const nothingToTrain = defineDiagnostic({
  code: "nothing-to-train",
  severity: "advice",
  title: "Nothing to train",
  cause: "All stages are algorithms, so that more data cannot make the pipeline better.",
  remedy: "Compare it with a pipeline that has a learned stage.",
  message: () => "The pipeline has no learned stage: its curve will be flat.",
});

/** Freezing more layers than there are. */
export const freezeTooMany = defineDiagnostic({
  code: "freeze-too-many",
  severity: "error",
  title: "More layers frozen than there are",
  cause: "The number of frozen layers is larger than the number of layers that have weights.",
  remedy: 'Freeze fewer layers, or write "all".',
  message: (facts: { readonly freeze: number; readonly layers: number }) =>
    `Expected at most ${countOf(facts.layers, "frozen layer")}, seen ${facts.freeze}.`,
});

const short = (value: number): string =>
  Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 }).format(value);
const gibibytes = (bytes: number): string =>
  `${(bytes / 2 ** 30).toLocaleString("en-US", { maximumFractionDigits: 1 })} GiB`;

/** More weights than the limit. */
export const tooManyWeights = defineDiagnostic({
  code: "too-many-weights",
  severity: "error",
  title: "Too many weights",
  cause: "The network has more weights than can be trained here in a sensible time.",
  remedy: "Use fewer or narrower layers, or a smaller input.",
  message: (facts: { readonly weights: number; readonly limit: number }) =>
    `Expected at most ${short(facts.limit)} weights, seen ${short(facts.weights)}.`,
});

/** More memory than the limit. */
export const tooMuchMemory = defineDiagnostic({
  code: "too-much-memory",
  severity: "error",
  title: "Too much memory",
  cause:
    "Weights, optimiser state, activations and gradients together need more memory than a worker may use.",
  remedy: "Use a smaller batch, fewer filters, or a smaller input.",
  message: (facts: { readonly bytes: number; readonly limit: number }) =>
    `Expected at most ${gibibytes(facts.limit)}, needed ${gibibytes(facts.bytes)}.`,
});

/** A longer time than the limit. */
export const tooMuchTime = defineDiagnostic({
  code: "too-much-time",
  severity: "error",
  title: "Takes too long",
  cause: "The predicted training time is over the limit.",
  remedy: "Use fewer steps, a smaller network, or a smaller input.",
  message: (facts: { readonly seconds: number; readonly limit: number }) =>
    `Expected at most ${Math.round(facts.limit / 60)} minutes, predicted ${short(facts.seconds / 60)} minutes.`,
});

/** One activation with more values than an array can hold. */
export const activationTooLarge = defineDiagnostic({
  code: "activation-too-large",
  severity: "error",
  title: "One value too large",
  cause: "A single layer's output for one batch has more entries than one array can hold.",
  remedy: "Use a smaller batch, fewer filters, or a smaller input.",
  message: (facts: { readonly layer: string; readonly entries: number; readonly limit: number }) =>
    `The layer ${quote(facts.layer)} gives ${short(facts.entries)} numbers a batch; at most ${short(facts.limit)} are possible.`,
});
