import { compile } from "../compile/compile";
import type { TrainingPlan } from "../compile/plan";
import { labFreezeTooDeep, labNoTransferStage, labStageUnknown } from "../diagnostics/catalog/labs";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import { countOf } from "../diagnostics/words";
import type { GraphDocument } from "../graph/document";
import { stageId } from "../ids";
import { checkBudgets, checkSeeds, checkSize, rowsUpTo } from "./check";
import { titled, withHeads, withStart } from "./edit";
import {
  hasErrors,
  labName,
  type LabAxis,
  type LabDonor,
  type LabPipeline,
  type LabPlan,
  type LabVariant,
} from "./lab";
import { misfitOf, type StageLayers, stageLayers } from "./stage-layers";

/** What a transfer lab is asked: when does B gain from starting with A's weights? */
export interface TransferQuestion {
  /** B */
  readonly target: LabPipeline;
  /** A */
  readonly source: LabPipeline;
  /** B's stage that starts elsewhere; absent: the first that can. */
  readonly stage?: string | undefined;
  /** A's stage whose weights are taken; absent: the first that fits. */
  readonly sourceStage?: string | undefined;
  /** n_B */
  readonly budgets?: readonly number[] | undefined;
  /** n_A */
  readonly sourceBudgets?: readonly number[] | undefined;
  /** How many layers from the input on stay frozen. */
  readonly freeze?: readonly number[] | undefined;
  readonly seeds: readonly number[];
}

const BUDGETS = [32, 100, 316, 1000];
const SOURCE_BUDGETS = [1000, 10_000];
/** Up to so many hidden layers every depth is tried. */
const MOST_DEPTHS = 3;

/**
 * Works a transfer lab out: B from scratch; B's stage started from A at every number of A's rows and every freeze depth;
 * and two controls, A trained on shuffled labels, and frozen features that are random. All are ordinary documents; those
 * that start from A name a donor, which is trained first with the same seed.
 */
export function planTransferLab(question: TransferQuestion): Checked<LabPlan> {
  const { target, source, seeds } = question;
  const compiled = [target, source].map(({ document, schema }) => compile(document, { problem: schema }));
  const [ofTarget, ofSource] = compiled.map(({ plan }) => plan);
  const diagnostics: Diagnostic[] = compiled.flatMap((one) => one.diagnostics);
  const budgets = question.budgets ?? rowsUpTo(target.rows, BUDGETS);
  const sourceBudgets = question.sourceBudgets ?? rowsUpTo(source.rows, SOURCE_BUDGETS);
  diagnostics.push(
    ...checkBudgets(budgets, target.rows),
    ...checkBudgets(sourceBudgets, source.rows),
    ...checkSeeds(seeds),
  );
  if (ofTarget === undefined || ofSource === undefined) return { value: undefined, diagnostics };
  const chosen = chooseStages(question, ofTarget, ofSource);
  if ("code" in chosen) return { value: undefined, diagnostics: [...diagnostics, chosen] };
  const { stage } = chosen.target;
  const hidden = chosen.target.hidden.length;
  const freeze = question.freeze ?? depths(hidden);
  for (const asked of freeze) {
    const place = { at: "param", stage: stageId(stage), path: ["start", "freeze"] } as const;
    if (asked > hidden) diagnostics.push(labFreezeTooDeep({ place, freeze: asked, stage, hidden }));
  }
  const lab: Lab = { question, stage, sourceStage: chosen.source.stage, freeze, hidden, sourceBudgets };
  const donors = donorsOf(lab, learnedStages(ofSource));
  const plan: LabPlan = {
    format: 1,
    kind: "transfer",
    title: `Transfer: ${labName(source)} → ${labName(target)}`.slice(0, 200),
    axes: axesOf(lab, budgets),
    budgets,
    seeds,
    variants: variantsOf(lab, donors),
    donors,
  };
  diagnostics.push(...checkSize(plan));
  return { value: hasErrors(diagnostics) ? undefined : plan, diagnostics };
}

interface Lab {
  readonly question: TransferQuestion;
  readonly stage: string;
  readonly sourceStage: string;
  readonly freeze: readonly number[];
  readonly hidden: number;
  readonly sourceBudgets: readonly number[];
}

const depths = (hidden: number): readonly number[] =>
  hidden <= MOST_DEPTHS
    ? Array.from({ length: hidden + 1 }, (_, depth) => depth)
    : [0, Math.ceil(hidden / 2), hidden];

const learnedStages = (plan: TrainingPlan): readonly string[] => stageLayers(plan).map(({ stage }) => stage);

/** The first pair of stages, among those that are named, of which one can start from the other. */
function chooseStages(
  { target, source, stage, sourceStage }: TransferQuestion,
  ofTarget: TrainingPlan,
  ofSource: TrainingPlan,
): { readonly target: StageLayers; readonly source: StageLayers } | Diagnostic {
  const place = { at: "graph" } as const;
  const candidates = stageLayers(ofTarget).filter((one) => stage === undefined || one.stage === stage);
  if (stage !== undefined && candidates.length === 0)
    return labStageUnknown({ place, stage, pipeline: target.title, known: learnedStages(ofTarget) });
  const givers = stageLayers(ofSource).filter(
    (one) => sourceStage === undefined || one.stage === sourceStage,
  );
  if (sourceStage !== undefined && givers.length === 0)
    return labStageUnknown({
      place,
      stage: sourceStage,
      pipeline: source.title,
      known: learnedStages(ofSource),
    });
  // A stage that is drawn as starting elsewhere is the one that is meant.
  const meant = candidates.toSorted((a, b) => Number(hasStart(target, b)) - Number(hasStart(target, a)));
  let reason: string | undefined;
  for (const one of meant) {
    for (const other of givers) {
      const misfit = misfitOf(one, other);
      if (misfit === undefined) return { target: one, source: other };
      reason ??= misfit;
    }
  }
  return labNoTransferStage({ place, target: target.title, source: source.title, reason });
}

const hasStart = ({ document }: LabPipeline, { stage }: StageLayers): boolean =>
  document.stages[stage]?.params["start"] !== undefined;

type SourceKind = "source" | "shuffled";

const donorId = (kind: SourceKind, budget: number): string => `${kind}-${budget}`;

/** A at every number of rows, and on shuffled labels at the largest: what is left there is not what A's labels teach. */
function donorsOf(
  { question: { source }, sourceStage, sourceBudgets }: Lab,
  learned: readonly string[],
): readonly LabDonor[] {
  const made = (kind: SourceKind, budget: number, document: GraphDocument): LabDonor => {
    const title = `${source.title}${kind === "shuffled" ? ", labels shuffled" : ""}`;
    return {
      id: donorId(kind, budget),
      title,
      document: titled(document, title),
      stage: sourceStage,
      budget,
    };
  };
  const shuffled = learned.reduce(
    (document, stage) => withHeads(document, stage, (head) => ({ ...head, shuffleLabels: true })),
    source.document,
  );
  return [
    ...sourceBudgets.map((budget) => made("source", budget, source.document)),
    made("shuffled", Math.max(...sourceBudgets), shuffled),
  ];
}

/** `all layers tuned`, `first 1 of 3 layers frozen`, `all frozen but the head` */
const freezeWords = (freeze: number, hidden: number): string =>
  freeze === 0
    ? "all layers tuned"
    : freeze === hidden
      ? "all frozen but the head"
      : `first ${freeze} of ${hidden} layers frozen`;

function variantsOf(lab: Lab, donors: readonly LabDonor[]): readonly LabVariant[] {
  const { question, stage, freeze, hidden } = lab;
  const scratch = withStart(question.target.document, stage, undefined);
  const over = "scratch";
  const started = donors.flatMap((donor) =>
    freeze.map((depth): LabVariant => {
      const isControl = donor.id.startsWith("shuffled");
      const title = `From ${countOf(donor.budget, "row")} of A${isControl ? " with shuffled labels" : ""}, ${freezeWords(depth, hidden)}`;
      return {
        id: `${donor.id}-freeze-${depth}`,
        title,
        role: isControl ? "control" : "arm",
        at: { source: donor.id, freeze: String(depth) },
        over,
        donor: { id: donor.id, stage },
        document: titled(withStart(scratch, stage, { artifact: donor.id, freeze: depth }), title),
      };
    }),
  );
  const random = freeze
    .filter((depth) => depth > 0)
    .map((depth): LabVariant => {
      const title = `Random features, ${freezeWords(depth, hidden)}`;
      return {
        id: `random-freeze-${depth}`,
        title,
        role: "control",
        at: { source: "random", freeze: String(depth) },
        over,
        document: titled(withStart(scratch, stage, { freeze: depth }), title),
      };
    });
  const title = "From scratch";
  return [
    { id: over, title, role: "baseline", at: {}, document: titled(scratch, title) },
    ...started,
    ...random,
  ];
}

function axesOf({ freeze, hidden, sourceBudgets }: Lab, budgets: readonly number[]): readonly LabAxis[] {
  const most = Math.max(...sourceBudgets);
  return [
    {
      name: "source",
      title: "Starting from",
      values: [
        ...sourceBudgets.map((rows) => ({
          value: donorId("source", rows),
          label: `${countOf(rows, "row")} of A`,
        })),
        { value: donorId("shuffled", most), label: "A, labels shuffled" },
        { value: "random", label: "random features" },
      ],
    },
    {
      name: "freeze",
      title: "Freeze depth",
      values: freeze.map((depth) => ({ value: String(depth), label: freezeWords(depth, hidden) })),
    },
    {
      name: "budget",
      title: "Rows of B",
      values: budgets.map((rows) => ({ value: String(rows), label: rows.toLocaleString("en-US") })),
    },
  ];
}
