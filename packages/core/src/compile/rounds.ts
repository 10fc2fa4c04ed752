import type { StageId } from "../ids";
import type { Aggregating } from "./aggregation";
import { consumedFields } from "./consumed-fields";
import type { Group } from "./groups";
import type { Gathering, TrainPhase, TypedGraph } from "./plan";
import { createSources, type Sources } from "./sources";
import type { Wires } from "./wires";

/** Training once through. The first round trains every group; later ones what gathered moments change. */
export interface Round {
  readonly number: number;
  /** Indices of the groups that are trained in it. */
  readonly groups: readonly number[];
  /** The phase that has trained each group after this round. */
  readonly phaseIds: readonly string[];
  /** Values as they are after this round. */
  readonly sources: Sources;
}

/** What rounds are laid out from. */
export interface RoundsQuestion {
  readonly graph: TypedGraph;
  readonly wires: Wires;
  readonly groups: readonly Group[];
  readonly aggregating: Aggregating | undefined;
}

/** All rounds of a plan: one, and one more each time that moments are gathered. */
export function layOutRounds(question: RoundsQuestion): readonly [Round, ...Round[]] {
  const { groups, aggregating } = question;
  const plain = groups.map(({ stages }) => `train ${stages.join(" + ")}`);
  const rounds: [Round, ...Round[]] = [
    roundOf({ number: 0, groups: [...groups.keys()], phaseIds: plain }, question),
  ];
  const changed = changedGroups(groups, aggregating?.groups ?? new Set());
  for (let number = 1; number <= (aggregating?.aggregation.rounds ?? 0); number++) {
    const phaseIds = plain.map((id, index) => (changed.includes(index) ? `${id}, round ${number}` : id));
    rounds.push(roundOf({ number, groups: changed, phaseIds }, question));
  }
  return rounds;
}

function roundOf(round: Omit<Round, "sources">, { graph, wires, groups }: RoundsQuestion): Round {
  const phaseOf = new Map<StageId, string>(
    groups.flatMap(({ stages }, index) => stages.map((id) => [id, round.phaseIds[index] ?? ""] as const)),
  );
  return { ...round, sources: createSources({ graph, wires, phaseOf }) };
}

/** Those that learn from gathered moments, and those that are fed with what they predict. Groups are in training order. */
function changedGroups(groups: readonly Group[], gathering: ReadonlySet<number>): readonly number[] {
  const changed = new Set<number>();
  groups.forEach(({ after }, index) => {
    if (gathering.has(index) || after.some((other) => changed.has(other))) changed.add(index);
  });
  return [...changed];
}

/** A training phase before its signature. */
type Reading = Pick<TrainPhase, "labels" | "losses" | "inputs">;

/**
 * The gatherings between rounds: the pipeline of each round acts for the next one.
 * @param learning the first round's phases of the groups that learn from them
 */
export function gatheringsOf(
  rounds: readonly Round[],
  learning: readonly Reading[],
  {
    aggregation,
    problem,
    answersAt,
  }: {
    readonly aggregation: Aggregating["aggregation"];
    readonly problem: TypedGraph["problem"];
    readonly answersAt: (sources: Sources) => Gathering["answers"];
  },
): readonly Gathering[] {
  const fields = [...new Set(learning.flatMap((phase) => [...consumedFields(phase)]))].sort();
  const isSeen = (field: string): boolean => problem.input.includes(field);
  return rounds.slice(0, -1).map(({ number, sources }) => ({
    round: number + 1,
    share: aggregation.share,
    environment: problem.environment?.version ?? "",
    answers: answersAt(sources),
    sees: fields.filter(isSeen),
    asks: fields.filter((field) => !isSeen(field)),
  }));
}
