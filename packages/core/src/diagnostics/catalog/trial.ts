import { defineDiagnostic } from "../define";
import { countOf, quote } from "../words";

/** A loss, gradient or weight that is not a number. */
export const lossNotFinite = defineDiagnostic({
  code: "loss-not-finite",
  severity: "error",
  title: "Training diverged",
  cause:
    "The loss, a gradient or a weight became infinite or not a number; most often the learning rate is too high.",
  remedy: "Lower the learning rate, and look for extreme values in the inputs.",
  message: (facts: { readonly phase: string; readonly step: number; readonly learningRate: number }) =>
    `The phase ${quote(facts.phase)} diverged at step ${facts.step} with learning rate ${facts.learningRate}; the weights before it were kept.`,
  fix: (facts) => `Set the learning rate to ${facts.learningRate / 2} or less.`,
});

/** Fewer rows than the trial needs. */
export const tooFewRows = defineDiagnostic({
  code: "too-few-rows",
  severity: "error",
  title: "Too few rows",
  cause: "The budget, or the data, has fewer rows than the trial needs to train and to stop early.",
  remedy: "Choose a larger budget.",
  message: (facts: { readonly have: number; readonly need: number; readonly what: string }) =>
    `Expected at least ${countOf(facts.need, "row")} ${facts.what}, there ${facts.have === 1 ? "is" : "are"} ${facts.have}.`,
});

/** A budget above the rows there are. */
export const budgetAboveRows = defineDiagnostic({
  code: "budget-above-rows",
  severity: "error",
  title: "Budget above the data",
  cause: "The budget asks for more training rows than the problem has.",
  remedy: "Choose a smaller budget.",
  message: (facts: { readonly budget: number; readonly rows: number }) =>
    `The budget is ${countOf(facts.budget, "row")}, the problem has ${countOf(facts.rows, "training row")}.`,
});

/** No label of a field within the budget. */
export const noLabels = defineDiagnostic({
  code: "no-labels",
  severity: "error",
  title: "No labels to learn from",
  cause: "Among the rows of this budget none has a label of the field that a stage learns from.",
  remedy: "Choose a larger budget, or label more records.",
  message: (facts: { readonly field: string; readonly budget: number }) =>
    `None of the ${countOf(facts.budget, "row")} of the budget has a label of ${quote(facts.field)}.`,
});

/** Fewer test labels than a score can rest on. */
export const fewTestLabels = defineDiagnostic({
  code: "few-test-labels",
  severity: "warning",
  title: "Too few test labels",
  cause: "A score over fewer than 20 labelled test rows says almost nothing.",
  remedy: "Label more test records.",
  message: (facts: { readonly field: string; readonly labels: number }) =>
    `Only ${countOf(facts.labels, "test row")} ${facts.labels === 1 ? "has" : "have"} a label of ${quote(facts.field)}: insufficient for a score.`,
});

/** The worker went over its memory. */
export const outOfMemory = defineDiagnostic({
  code: "out-of-memory",
  severity: "error",
  title: "Out of memory",
  cause: "The worker used more memory than it may, and was stopped before the machine suffered.",
  remedy: "Use a smaller batch, network or budget, or allow workers more memory.",
  message: (facts: { readonly usedMb: number; readonly limitMb: number }) =>
    `The trial needs about ${countOf(Math.ceil(facts.usedMb), "MB", "MB")}; a worker may use ${countOf(facts.limitMb, "MB", "MB")}.`,
});

/** The worker process ended without a word. */
export const workerLost = defineDiagnostic({
  code: "worker-lost",
  severity: "error",
  title: "Worker lost",
  cause: "The process that ran the trial ended without saying why; it may have been killed.",
  remedy: "Resume the trial: finished phases and checkpoints are kept.",
  message: (facts: { readonly attempts: number; readonly how: string }) =>
    `The worker was lost (${facts.how}) after ${countOf(facts.attempts, "attempt")}.`,
});

/** The worker lives but doesn't move. */
export const trialStalled = defineDiagnostic({
  code: "trial-stalled",
  severity: "error",
  title: "Trial stalled",
  cause: "The trial reported no progress for much longer than a step takes, and was stopped.",
  remedy: "Resume the trial; if it stalls again, report it with the run's log.",
  message: (facts: { readonly seconds: number; readonly phase?: string | undefined }) =>
    `No progress for ${countOf(Math.round(facts.seconds), "second")}${facts.phase === undefined ? "" : ` in the phase ${quote(facts.phase)}`}.`,
});

/** The trial ran longer than allowed. */
export const trialOverTime = defineDiagnostic({
  code: "trial-over-time",
  severity: "error",
  title: "Trial took too long",
  cause: "The trial ran over the time limit, whatever was predicted.",
  remedy: "Use fewer steps, a smaller network or a smaller budget.",
  message: (facts: { readonly seconds: number; readonly limit: number }) =>
    `Stopped after ${Math.round(facts.seconds)} seconds; the limit is ${facts.limit}.`,
});

/** A mistake of ours inside a trial. */
export const trialCrashed = defineDiagnostic({
  code: "trial-crashed",
  severity: "error",
  title: "Seams made a mistake",
  cause: "The program met a case that should not exist. This is a fault of Seams, not of the pipeline.",
  remedy: "Report it with the run's log; other trials are not affected.",
  message: (facts: { readonly problem: string }) => `Internal error: ${facts.problem}`,
});

/** The disk has no room. */
export const diskFull = defineDiagnostic({
  code: "disk-full",
  severity: "error",
  title: "Disk full",
  cause: "A checkpoint or result could not be written, since the disk has no room left.",
  remedy: "Free some space and resume the trial.",
  message: (facts: { readonly path: string }) => `No room to write ${quote(facts.path)}.`,
});

/** An artifact that nobody knows. */
export const artifactUnknown = defineDiagnostic({
  code: "artifact-unknown",
  severity: "error",
  title: "No such artifact",
  cause:
    "The stage starts from an artifact that is not there: no trial's stage, no bundled network, no file.",
  remedy: "Train the pipeline that it comes from, or correct the name.",
  message: (facts: { readonly artifact: string; readonly near?: string | undefined }) =>
    `There is no artifact ${quote(facts.artifact)}.`,
  fix: (facts) => suggestArtifact(facts.near),
});

const suggestArtifact = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `Did you mean ${quote(near)}?`;

/** An artifact of another input format or shape. */
export const artifactDoesNotFit = defineDiagnostic({
  code: "artifact-does-not-fit",
  severity: "error",
  title: "Artifact doesn't fit",
  cause:
    "Weights carry over only between stages whose inputs have the same type and shape, and whose layers match.",
  remedy: "Start from an artifact with the same input, or convert the input first.",
  message: (facts: { readonly artifact: string; readonly expected: string; readonly seen: string }) =>
    `The artifact ${quote(facts.artifact)} was trained on ${facts.seen}; this stage gets ${facts.expected}.`,
});

/** An artifact whose bytes are not those that were written. */
export const artifactDamaged = defineDiagnostic({
  code: "artifact-damaged",
  severity: "error",
  title: "Artifact damaged",
  cause: "The artifact's bytes don't hash to what its manifest says.",
  remedy: "Train the stage again, or restore the file from a backup.",
  message: (facts: { readonly artifact: string }) => `The artifact ${quote(facts.artifact)} is damaged.`,
});

/** A finished trial whose weights are not kept any more. */
export const weightsGone = defineDiagnostic({
  code: "weights-gone",
  severity: "error",
  title: "Weights no longer kept",
  cause:
    "Weights live in the cache of the machine that trained them. They are dropped when the cache is full, and are not there on another machine.",
  remedy: "Run the same trial again: it gives the same weights.",
  message: (facts: { readonly phase: string }) =>
    `The weights of the phase ${quote(facts.phase)} are not in the cache.`,
});

/** A trial without a trained pipeline. */
export const notTrained = defineDiagnostic({
  code: "not-trained",
  severity: "error",
  title: "Not trained yet",
  cause: "Examples can only be sent through a pipeline whose training has ended with a result.",
  remedy: "Wait until the trial is done, or resume it where it was cancelled or failed.",
  message: (facts: { readonly status: string }) =>
    `The trial is ${facts.status}: it has no trained pipeline.`,
});

/** A stage that cannot be made perfect. */
export const noTruthToDose = defineDiagnostic({
  code: "no-truth-to-dose",
  severity: "error",
  title: "No truth for this stage",
  cause:
    "How good is good enough can only be asked of a stage whose output has labels and that an answer is made from; the stage that gives the answer is no such stage.",
  remedy: "Choose a stage in between whose output a label field supervises.",
  message: (facts: { readonly stage: string; readonly stages: readonly string[] }) =>
    `The outputs of ${quote(facts.stage)} cannot be replaced by a truth${facts.stages.length === 0 ? "; no stage's can" : `; those of ${facts.stages.map(quote).join(", ")} can`}.`,
});

/** An episode that cannot be watched. */
export const noEpisode = defineDiagnostic({
  code: "no-episode",
  severity: "error",
  title: "No such episode",
  cause:
    "Only problems with an environment have episodes to watch, under its conditions, as many as it says.",
  remedy: "Choose a condition and an episode that the problem has.",
  message: (facts: { readonly reason: string }) => `There is no such episode: ${facts.reason}.`,
});

/** A value given by hand that its place cannot hold. */
export const editDoesNotFit = defineDiagnostic({
  code: "edit-does-not-fit",
  severity: "error",
  title: "Value doesn't fit its place",
  cause:
    "A value that was given by hand is not one that its place in the pipeline can hold, or there is no such place.",
  remedy: "Give a value of the place's own type.",
  message: (facts: { readonly where: string; readonly reason: string }) =>
    `${quote(facts.where)} cannot hold this value: ${facts.reason}.`,
});

/** A backend that was asked for and cannot run here. */
export const backendMissing = defineDiagnostic({
  code: "backend-missing",
  severity: "error",
  title: "Backend not available",
  cause: "The backend that was asked for cannot be loaded on this machine.",
  remedy: "Choose another backend, or leave the choice to Seams.",
  message: (facts: { readonly backend: string; readonly problem: string }) =>
    `The backend ${quote(facts.backend)} cannot run here: ${facts.problem}.`,
});

/** Other records than those the experiment started with. */
export const dataChanged = defineDiagnostic({
  code: "data-changed",
  severity: "error",
  title: "Data changed since the experiment started",
  cause:
    "The problem's records are no longer those that the experiment started with, so that its trials could not be compared.",
  remedy: "Start a new experiment on the problem as it is now.",
  message: (facts: { readonly problem: string }) =>
    `The records of ${quote(facts.problem)} are not those that this experiment started with.`,
});
