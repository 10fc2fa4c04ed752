import * as z from "zod";
import { nameTwice, unknownField } from "../diagnostics/catalog/params";
import type { Diagnostic, Place } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { parseMask } from "../expression/mask";
import { MAX_EXPRESSION_LENGTH } from "../expression/tokenise";
import { FieldName, type ProblemSchema } from "../problem/document";
import type { Hidden } from "./trunk";
import type { ArtifactStart, Head, Port, StageQuestion, StageTraining, TrainingSchedule } from "./stage";

/** Widest layer that a param may ask for. */
const MOST_UNITS = 4096;

/** What the learned kinds start from; the numbers differ with how much a step costs. */
export interface TrainingDefaults {
  readonly learningRate: number;
  readonly batchSize: number;
  readonly steps: number;
}

/** Param of how the learning rate moves. */
const scheduleParam = z
  .strictObject({
    shape: z.enum(["constant", "cosine", "step"]).default("cosine").meta({
      title: "Shape",
      help: "cosine: down to 0 in half a wave, at the last of all steps. step: times a factor every so many steps. constant: only warms up.",
    }),
    warmUp: z.int().min(0).max(1_000_000).default(0).meta({
      title: "Warm-up",
      help: "First steps over which the rate rises from 0 in a straight line. Part of all steps.",
      unit: "steps",
    }),
    every: z.int().min(1).max(1_000_000).default(500).meta({
      title: "Every",
      help: "Of the shape step: after so many steps the rate is multiplied by the factor, again and again.",
      unit: "steps",
    }),
    factor: z.number().gt(0).max(1).default(0.5).meta({
      title: "Factor",
      help: "Of the shape step: what the rate is multiplied by.",
    }),
  })
  .optional()
  .meta({
    title: "Learning-rate schedule",
    help: "How the learning rate moves with the steps. Without one it stays what it is.",
  });

/** Params of how a stage trains, and of where its weights start. */
export const trainingParams = (defaults: TrainingDefaults) => ({
  optimiser: z.enum(["adam", "adamw", "sgd"]).default("adam").meta({
    title: "Optimiser",
    help: "adam suits nearly everything; adamw decays weights apart from the gradient; sgd is plain gradient descent.",
  }),
  learningRate: z.number().positive().max(1e30).default(defaults.learningRate).meta({
    title: "Learning rate",
    help: "Size of a step. Too large and the loss jumps about; too small and the steps run out before it has fallen.",
  }),
  weightDecay: z.number().min(0).max(1).default(0).meta({
    title: "Weight decay",
    help: "Pulls weights towards 0, against overfitting. 0 = none.",
  }),
  clipNorm: z.number().min(0).max(1e6).default(0).meta({
    title: "Clip gradients",
    help: "Longest gradient, all weights together: a longer one is shortened to it, so that one odd batch can't throw the weights far off. 0 = none is.",
  }),
  schedule: scheduleParam,
  batchSize: z.int().min(1).max(1024).default(defaults.batchSize).meta({
    title: "Batch size",
    help: "Records in one step; at most as many as there are training rows.",
    unit: "records",
  }),
  steps: z.int().min(1).max(1_000_000).default(defaults.steps).meta({
    title: "Steps",
    help: "Upper bound of optimiser steps; patience may end the phase sooner.",
    unit: "steps",
  }),
  patience: z.int().min(0).max(1000).default(10).meta({
    title: "Patience",
    help: "Checks of the validation part without a new best after which training stops. 0 = never stops early.",
    unit: "checks",
  }),
  validation: z.number().min(0).max(0.5).default(0.2).meta({
    title: "Validation part",
    help: "Part of the budget that is held out to choose the best step. 0 = none, and the last step is kept.",
  }),
  aggregate: z
    .strictObject({
      rounds: z.int().min(1).max(10).default(4).meta({
        title: "Rounds",
        help: "How often the pipeline acts, the expert is asked, and the stage is trained again.",
      }),
      share: z.number().min(0.01).max(4).default(0.25).meta({
        title: "Moments of a round",
        help: "In parts of the budget's rows. Their labels come on top of the budget, and are counted and priced as any other.",
      }),
    })
    .optional()
    .meta({
      title: "Dataset aggregation",
      help: "Learn from moments that the pipeline itself gets into, with the answers that an expert would have given there (DAgger). Only where the problem has an environment with an expert.",
    }),
  start: z
    .strictObject({
      artifact: z.string().min(1).max(500).optional().meta({
        title: "Artifact",
        help: "The trained stage whose weights this one starts from. Without one they are drawn as always: what is frozen then are random features, a control.",
      }),
      freeze: z
        .union([z.enum(["none", "all"]), z.int().min(0).max(100)])
        .default("none")
        .meta({
          title: "Freeze",
          help: "all: nothing is trained further. none: everything is. A number: so many layers from the input on stay as they are.",
        }),
    })
    .optional()
    .meta({ title: "Start from", help: "Transfer: weights of a stage that was trained elsewhere." }),
});

/** Names of the input ports. */
export const inputsParam = z
  .array(FieldName)
  .min(1)
  .max(16)
  .default(["input"])
  .meta({ title: "Inputs", help: "Names of the input ports; their values are joined in this order." });

/** Params of the hidden layers. */
export const hiddenParams = (widths: readonly number[]) => ({
  hidden: z
    .array(z.int().min(1).max(MOST_UNITS))
    .max(16)
    .default([...widths])
    .meta({
      title: "Hidden layers",
      help: "Units of each hidden layer, from the input on, each followed by a ReLU. Empty: none.",
      unit: "units",
    }),
  norm: z.enum(["none", "layer", "batch"]).default("none").meta({
    title: "Norm",
    help: "Steadies deep networks. layer: gives each record's values of a layer mean 0 and spread 1 before its ReLU. batch: the same for each unit or filter, over the records of a step's batch, labelled or not; afterwards by means that training kept. It wants batches of several records and some hundred steps.",
  }),
  dropout: z.number().min(0).max(0.9).default(0).meta({
    title: "Dropout",
    help: "Part of each hidden layer's values that is left out by chance in a training step, against overfitting. 0 = none.",
  }),
});

type HiddenParams = z.infer<z.ZodObject<ReturnType<typeof hiddenParams>>>;

/** The hidden layers that these params ask for. */
export const hiddenOf = ({ hidden, norm, dropout }: HiddenParams): Hidden => ({
  units: hidden,
  norm,
  dropout,
});

const label = FieldName.optional().meta({
  title: "Label",
  help: "The field that this output learns to predict. Without one it learns through what lies downstream.",
});
const size = z.int().min(1).max(MOST_UNITS).optional().meta({
  title: "Size",
  help: "Numbers in this output where it has no label.",
  unit: "numbers",
});
const weight = z.number().positive().max(1e6).default(1).meta({
  title: "Weight",
  help: "Factor on this output's loss where several losses are added.",
});
const mask = z.string().min(1).max(MAX_EXPRESSION_LENGTH).optional().meta({
  title: "Mask",
  help: 'Which labelled records count, for example "exists == 1". Missing labels never count.',
});
const labelShare = z.number().gt(0).max(1).default(1).meta({
  title: "Share of labels",
  help: "Part of this output's labels that are learned from, chosen at random; the others are hidden. A smaller part lies in a larger one.",
});
const shuffleLabels = z.boolean().default(false).meta({
  title: "Shuffle labels",
  help: "Deals the labels out among the records anew: a control, from which nothing about the input can be learned.",
});

/** What one output is, by its own params. */
export const outputParams = { label, size, weight, mask, labelShare, shuffleLabels };

/** One head of several. */
export const headParam = z.strictObject(outputParams);

/** How losses become comparable numbers, for all heads of a stage. */
export const lossParams = {
  normalise: z.enum(["expected", "batch", "labelled"]).default("expected").meta({
    title: "Divide losses by",
    help: "expected: labelled records expected in a batch, unbiased. batch: all records, so that rare labels count less. labelled: labelled records in this batch.",
  }),
  unitScale: z.boolean().default(true).meta({
    title: "Unit scale",
    help: "Measure each loss in units of the best constant predictor's, so that equal weights mean equal importance.",
  }),
};

/** A head as documents write it. */
export type HeadParams = z.infer<typeof headParam>;
type LossParams = z.infer<z.ZodObject<typeof lossParams>>;
type TrainingParams = z.infer<z.ZodObject<ReturnType<typeof trainingParams>>>;

/** The head of an output port. */
export function headOf(port: string, written: HeadParams, loss: LossParams): Head {
  return {
    port,
    ...(written.label === undefined ? {} : { label: written.label }),
    ...(written.size === undefined ? {} : { size: written.size }),
    weight: written.weight,
    ...(written.mask === undefined ? {} : { mask: written.mask }),
    ...(written.labelShare === 1 ? {} : { labelShare: written.labelShare }),
    ...(written.shuffleLabels ? { shuffleLabels: true } : {}),
    normalise: loss.normalise,
    unitScale: loss.unitScale,
  };
}

/** How a stage with these params trains. */
export const trainingOf = ({
  optimiser,
  learningRate,
  weightDecay,
  clipNorm,
  schedule,
  batchSize,
  steps,
  patience,
  validation,
  aggregate,
}: TrainingParams): StageTraining => ({
  optimiser,
  learningRate,
  weightDecay,
  ...(clipNorm === 0 ? {} : { clipNorm }),
  ...(schedule === undefined ? {} : { schedule: scheduleOf(schedule) }),
  batchSize,
  steps,
  patience,
  validation,
  ...(aggregate === undefined ? {} : { aggregate }),
});

/** A schedule without what its shape doesn't use. */
function scheduleOf(written: NonNullable<TrainingParams["schedule"]>): TrainingSchedule {
  const { shape, warmUp, every, factor } = written;
  return shape === "step" ? { shape, warmUp, every, factor } : { shape, warmUp };
}

/** Where its weights start, if elsewhere. */
export const startOf = ({ start }: TrainingParams): ArtifactStart | undefined => start;

/** The input ports that `inputs` names, each once. */
export const portsOf = (
  { inputs }: { readonly inputs: readonly string[] },
  accepts: string,
): readonly Port[] => [...new Set(inputs)].map((name) => ({ name, accepts }));

/** Names that stand twice in `inputs`. */
export function checkInputs({
  id,
  params,
}: StageQuestion<{ readonly inputs: readonly string[] }>): readonly Diagnostic[] {
  const { inputs } = params;
  return inputs.flatMap((name, index) => {
    const place = { at: "param", stage: id, path: ["inputs", index] } as const;
    return inputs.indexOf(name) < index ? [nameTwice({ place, param: "inputs", name })] : [];
  });
}

/** What is wrong with a head's label and mask. `path` leads to the head among the stage's params. */
export function checkHead(
  { id, params, problem }: StageQuestion<HeadParams>,
  path: readonly string[] = [],
): readonly Diagnostic[] {
  const placeOf = (name: string): Place => ({ at: "param", stage: id, path: [...path, name] });
  const { label, mask } = params;
  const labels = label === undefined ? [] : checkField(label, placeOf("label"), problem);
  const masks = mask === undefined ? [] : parseMask(mask, { place: placeOf("mask"), problem }).diagnostics;
  return [...labels, ...masks];
}

function checkField(field: string, place: Place, problem: ProblemSchema): readonly Diagnostic[] {
  if (Object.hasOwn(problem.fields, field)) return [];
  const known = Object.keys(problem.fields);
  return [unknownField({ place, field, near: nearest(field, known), known })];
}
