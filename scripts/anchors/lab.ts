import { compile, type GraphDocument, graphHash } from "../../packages/core/src/index";
import { type Comparison, compareTrials, type EndedTrial } from "../../packages/core/src/measure/index";
import { type GridTrial, openProblem, runGrid } from "../../packages/runner/src/index";

/** A pipeline to be trained: one of the gallery by name, or a document. */
export interface Contender {
  readonly id: string;
  readonly document: GraphDocument;
}

/** What anchors are measured with. */
export interface Lab {
  readonly home: string;
  readonly seeds: readonly number[];
  /** Told what is being measured. */
  say(words: string): void;
}

/** A gallery problem's pipeline by its name. @throws Error when it isn't there */
export async function contender(problem: string, name: string): Promise<Contender> {
  const { value } = await openProblem(problem);
  const found = value?.pipelines.find(({ id }) => id === `${problem}/${name}`);
  if (found === undefined) throw new Error(`anchors: there is no ${problem}/${name}`);
  return { id: name, document: found.document };
}

/** What is trained on a problem. */
interface Field {
  readonly contenders: readonly Contender[];
  readonly budgets: readonly number[];
  /** Contenders for which a failed trial is a finding. */
  readonly mayFail?: readonly string[];
}

/** Trains contenders over budgets and seeds, and compares them as `seams compare` does. @throws Error when one fails */
export async function measure(
  lab: Lab,
  problemId: string,
  { contenders, budgets, mayFail }: Field,
): Promise<{ readonly comparison: Comparison; readonly trials: readonly GridTrial[] }> {
  const { value: problem } = await openProblem(problemId);
  if (problem === undefined) throw new Error(`anchors: there is no problem ${problemId}`);
  lab.say(`${problemId}: ${contenders.map(({ id }) => id).join(", ")} at ${budgets.join(", ")} rows`);
  const plans = new Map(
    contenders.map(({ id, document }) => {
      const { plan, diagnostics } = compile(document, { problem: problem.schema });
      if (plan === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
      return [id, plan];
    }),
  );
  const trials = await runGrid({
    problem,
    pipelines: [...plans].map(([id, plan]) => ({ id, plan })),
    budgets,
    seeds: lab.seeds,
    home: lab.home,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const ended = trials.map(({ end, ...place }): EndedTrial => {
    if (end.is === "done") return { ...place, result: end.result };
    if (end.is === "failed" && mayFail?.includes(place.pipeline) === true)
      return { ...place, diagnostic: end.diagnostic };
    const why = end.is === "failed" ? end.diagnostic.message : end.is;
    throw new Error(`anchors: ${place.pipeline} at ${place.budget} rows: ${why}`);
  });
  const comparison = compareTrials({
    schema: problem.schema,
    hash: await problem.hash(),
    pipelines: contenders.map(({ id, document }) => ({ id, title: id, hash: graphHash(document) })),
    budgets,
    seeds: lab.seeds,
    trials: ended,
    plans,
    rows: problem.rows.train,
  });
  if (comparison === undefined) throw new Error(`anchors: nothing came of ${problemId}`);
  return { comparison, trials };
}

/** a − b at one budget. @throws Error when it wasn't measured */
export function differenceAt(
  { paired }: Comparison,
  [a, b]: readonly [string, string],
  budget: number,
): Comparison["paired"][number] {
  const found = paired.find((one) => one.a === a && one.b === b && one.budget === budget);
  if (found === undefined) throw new Error(`anchors: ${a} and ${b} were not compared at ${budget} rows`);
  return found;
}
