import { namesOf } from "../expression/names";
import type { TrainPhase } from "./plan";
import { partsOf } from "./sources";

/** The fields that a phase reads: labels, fields in masks, and the inputs' own. */
export function consumedFields({
  labels,
  losses,
  inputs,
}: Pick<TrainPhase, "labels" | "losses" | "inputs">): ReadonlySet<string> {
  const fields = new Set(labels);
  for (const { target, mask } of losses) {
    fields.add(target);
    if (mask !== undefined) for (const name of namesOf(mask)) fields.add(name);
  }
  for (const source of partsOf(inputs.map((input) => input.source)))
    if (source.is === "field") fields.add(source.field);
  return fields;
}
