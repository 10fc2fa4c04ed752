import { aggregationCrossFitted, aggregationDiffers, noExpert } from "../diagnostics/catalog/aggregation";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import type { StageId } from "../ids";
import type { Aggregation } from "../stages/stage";
import type { Group } from "./groups";
import type { TypedGraph } from "./plan";
import { groupTraining } from "./training";
import type { Wires } from "./wires";

/** What is read to find out about aggregation. */
export interface AggregationQuestion {
  readonly graph: TypedGraph;
  readonly wires: Wires;
  readonly groups: readonly Group[];
}

/** Which groups learn from gathered moments, and how. */
export interface Aggregating {
  readonly aggregation: Aggregation;
  /** Indices of groups. */
  readonly groups: ReadonlySet<number>;
}

/**
 * What the stages ask for: the value is undefined where none learns from gathered moments. Says where the problem has no
 * expert to ask, and where stages of one pipeline would gather in different ways.
 */
export function readAggregation(question: AggregationQuestion): Checked<Aggregating | undefined> {
  const { graph, groups } = question;
  const found = groups.flatMap(({ stages }, index) => {
    const { aggregate } = groupTraining(stages, graph);
    return aggregate === undefined ? [] : [{ index, stages, aggregate }];
  });
  const [first] = found;
  if (first === undefined) return { value: undefined, diagnostics: [] };
  const diagnostics = found.flatMap(({ stages, aggregate }) => {
    const { rounds, share } = first.aggregate;
    const isSame = aggregate.rounds === rounds && aggregate.share === share;
    return [
      ...(isSame ? [] : [aggregationDiffers({ place: placeOf(stages), rounds, share })]),
      ...refuse(stages, question),
    ];
  });
  const aggregating = { aggregation: first.aggregate, groups: new Set(found.map(({ index }) => index)) };
  return { value: diagnostics.length === 0 ? aggregating : undefined, diagnostics };
}

function refuse(stages: readonly StageId[], { graph, wires }: AggregationQuestion): Diagnostic[] {
  const { environment, name } = graph.problem;
  const place = placeOf(stages);
  const expert = environment?.expert;
  if (expert === undefined) return [noExpert({ place, problem: name, fields: [] })];
  const labels = stages.flatMap((id) =>
    (graph.learned.get(id)?.heads ?? []).flatMap(({ supervision }) => supervision?.label ?? []),
  );
  const unknown = [...new Set(labels)].filter((label) => !expert.includes(label));
  const crossFitted = [...wires.values()].filter(
    ({ link, mode }) => mode === "cross-fitted" && stages.includes(link.to.stage),
  );
  return [
    ...(unknown.length === 0 ? [] : [noExpert({ place, problem: name, fields: unknown })]),
    ...crossFitted.map(({ link: { from, to } }) =>
      aggregationCrossFitted({
        place,
        from: `${from.stage}.${from.port}`,
        to: `${to.stage}.${to.port}`,
      }),
    ),
  ];
}

const placeOf = (stages: readonly StageId[]): Diagnostic["place"] => {
  const [stage] = stages;
  return stage === undefined ? { at: "graph" } : { at: "param", stage, path: ["aggregate"] };
};
