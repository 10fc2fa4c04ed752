import type { Advice, RuleName } from "../advise/advice";
import type { TrainingPlan } from "../compile/plan";
import { graphHash } from "../graph/canonical";
import { compareTrials, type EndedTrial } from "../measure/compare-trials";
import { defaultMargin } from "../measure/margin";
import { metrics } from "../measure/metrics/index";
import type { ProblemSchema } from "../problem/document";
import type { EngineInfo } from "../train/stepper";
import { measureGains } from "./gains";
import type { LabKind, LabPlan, LabVariant } from "./lab";
import type { LabResult } from "./result";
import { multiTaskWords, transferWords, type WordsQuestion } from "./words";

/** What a lab's result is made from. */
export interface LabResultQuestion {
  readonly plan: LabPlan;
  readonly schema: ProblemSchema;
  /** `ProblemData.hash` */
  readonly hash: string;
  /** Trials that ended; `pipeline` is a variant's id. */
  readonly trials: readonly EndedTrial[];
  /** The variants' plans, by id. */
  readonly plans: ReadonlyMap<string, TrainingPlan>;
  /** Training rows that the problem has. */
  readonly rows: number;
  readonly margin?: number | undefined;
  /** The machinery to name; absent: the first trial's. */
  readonly engine?: EngineInfo | undefined;
}

/** What a lab found so far. @returns undefined before the first trial has a result */
export function labResult(question: LabResultQuestion): LabResult | undefined {
  const { plan, schema, hash, trials } = question;
  const metric = schema.metrics[0]?.metric;
  const engine = question.engine ?? trials.find((trial) => "result" in trial)?.result.engine;
  if (metric === undefined || engine === undefined) return undefined;
  const scores = trials.flatMap((trial) => ("result" in trial ? (trial.result.test[metric] ?? []) : []));
  const margin = question.margin ?? defaultMargin(metric, scores);
  const cells = measureGains({ plan, schema, trials, margin: question.margin });
  const { isShare } = metrics[metric];
  const said = { cells, margin, style: { metric, isShare } };
  return {
    format: 1,
    kind: plan.kind,
    title: plan.title,
    problem: { name: schema.name, hash },
    engine,
    metric,
    isShare,
    margin,
    axes: plan.axes,
    budgets: plan.budgets,
    seeds: plan.seeds,
    variants: plan.variants.map(({ id, title, role, document }) => ({
      id,
      title,
      role,
      hash: graphHash(document),
    })),
    cells,
    failures: trials.flatMap((trial) =>
      "diagnostic" in trial
        ? [
            {
              variant: trial.pipeline,
              budget: trial.budget,
              seed: trial.seed,
              code: trial.diagnostic.code,
              message: trial.diagnostic.message,
            },
          ]
        : [],
    ),
    words: TOLD[plan.kind].words(said),
    advice: TOLD[plan.kind].advice(question),
  };
}

/** What each kind of lab makes of its cells. */
const TOLD: Readonly<
  Record<
    LabKind,
    {
      words(said: WordsQuestion): readonly string[];
      advice(question: LabResultQuestion): readonly Advice[];
    }
  >
> = {
  transfer: { words: transferWords, advice: transferAdvice },
  "multi-task": { words: multiTaskWords, advice: multiTaskAdvice },
};

/** For every number of rows of A: its variants, from scratch and the controls. */
function transferAdvice(question: LabResultQuestion): readonly Advice[] {
  const { variants } = question.plan;
  const arms = variants.filter(({ role }) => role === "arm");
  const others = variants.filter(({ role }) => role !== "arm");
  const sources = [...new Set(arms.map(({ at }) => at["source"]))];
  const rules: readonly RuleName[] = ["T2", "T3", "T4", "T5"];
  return sources
    .flatMap((source) => {
      const own = arms.filter(({ at }) => at["source"] === source);
      return adviceOn([...own, ...others], question).filter(
        ({ rule, about }) => rules.includes(rule) && own.some(({ id }) => id === about[0]),
      );
    })
    .toSorted((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule));
}

/** For every condition: the largest group at all widths, single networks, and complete rows only. */
function multiTaskAdvice(question: LabResultQuestion): readonly Advice[] {
  const { variants } = question.plan;
  const whole = variants
    .filter(({ role }) => role === "arm")
    .reduce<LabVariant | undefined>((best, one) => (sizeOf(one) > sizeOf(best) ? one : best), undefined);
  const rules: readonly RuleName[] = ["M1", "M2", "M3", "M4", "M5"];
  return variants
    .filter(({ role }) => role === "baseline")
    .flatMap((single) => {
      const own = variants.filter(
        ({ over, role, at }) => over === single.id && (role !== "arm" || at["group"] === whole?.at["group"]),
      );
      return adviceOn([...own, single], question).filter(({ rule }) => rules.includes(rule));
    })
    .filter(isFirstOfItsKind(variants))
    .toSorted((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule));
}

const sizeOf = (variant: LabVariant | undefined): number => variant?.tasks?.length ?? 0;

/** What doesn't hang on the width, or is told of complete rows, is told once: of the trunk as it was drawn. */
const isFirstOfItsKind =
  (variants: readonly LabVariant[]) =>
  ({ rule, about }: Advice): boolean => {
    const first = variants.find(({ id }) => id === about[0]);
    const isDrawn = first?.role === "arm" && first.at["width"] === "1";
    const hasDrawn = variants.some(({ role, at }) => role === "arm" && at["width"] === "1");
    return rule === "M3" || rule === "M5" || isDrawn || !hasDrawn;
  };

function adviceOn(variants: readonly LabVariant[], question: LabResultQuestion): readonly Advice[] {
  const { plan, schema, hash, trials, plans, rows, margin, engine } = question;
  const ids = new Set(variants.map(({ id }) => id));
  const comparison = compareTrials({
    schema,
    hash,
    pipelines: variants.map(({ id, title, document }) => ({ id, title, hash: graphHash(document) })),
    budgets: plan.budgets,
    seeds: plan.seeds,
    trials: trials.filter(({ pipeline }) => ids.has(pipeline)),
    plans,
    rows,
    ...(margin === undefined ? {} : { margin }),
    ...(engine === undefined ? {} : { engine }),
  });
  return comparison?.advice ?? [];
}
