import type { EvaluatePhase } from "../compile/plan";
import { meanOf } from "../measure/interval";
import { type ClosedLoopQuestion, type ClosedLoopResult, runCondition } from "./closed-loop";
import { scoreAnswers } from "./evaluate";
import type { OracleQuestion, OracleScore } from "./oracles";
import type { RowSet } from "./row-set";
import type { Session } from "./session";

type OracleScoring = Pick<OracleQuestion, "score" | "mostSets" | "elsewhere">;

/** What the headline is measured on. */
interface HeadlineQuestion {
  readonly phase: EvaluatePhase;
  readonly test: RowSet;
  /** Episodes of the pipeline as it is, where they were run before. */
  readonly known?: ClosedLoopResult | undefined;
}

/**
 * The problem's headline score of a trained pipeline with some values replaced: on the test rows, or, where the problem
 * has an environment, over the episodes of each condition, with the replacements made at every moment.
 */
export function headlineUnderOracles(session: Session, question: HeadlineQuestion): OracleScoring {
  const world = worldOf(session, question.phase);
  return world === undefined
    ? answersUnderOracles(session, question)
    : successUnderOracles(world, question.known);
}

/** The world that the problem names, for this pipeline. */
export function worldOf(
  { trial, host, fresh }: Session,
  phase: EvaluatePhase,
): ClosedLoopQuestion | undefined {
  const { problem } = trial;
  if (problem.environment === undefined) return undefined;
  const { environment } = host;
  if (environment?.version !== problem.environment.version) {
    throw new Error(`execute: ${problem.name} is judged in an environment that is not at hand`);
  }
  return { environment, phase, problem, host, fresh };
}

/** Six parallel stages and one behind them have 65 sets. */
function answersUnderOracles(
  { trial: { problem }, resolver, replacing }: Session,
  { phase, test }: HeadlineQuestion,
): OracleScoring {
  const metric = problem.metrics[0]?.metric ?? "";
  return {
    mostSets: 128,
    score: async (overrides) => {
      const chosen = overrides === undefined ? resolver : replacing(overrides);
      return (await scoreAnswers({ phase, problem, resolver: chosen }, test))[metric];
    },
  };
}

/** Every set costs as much as all episodes of every condition: few are afforded. */
function successUnderOracles(world: ClosedLoopQuestion, known: ClosedLoopResult | undefined): OracleScoring {
  const [first, ...others] = world.environment.conditions;
  if (first === undefined) throw new Error("execute: an environment has no condition");
  const successUnder =
    (condition: string): OracleScore =>
    async (overrides) => {
      const before =
        overrides === undefined ? known?.conditions.find(({ id }) => id === condition) : undefined;
      return meanOf((before ?? (await runCondition(world, condition, overrides))).success);
    };
  return {
    mostSets: 16,
    score: successUnder(first.id),
    elsewhere: others.map(({ id }) => ({ condition: id, score: successUnder(id) })),
  };
}
