import type { TrainPhase, ValueSource } from "../compile/plan";
import type { Column } from "../data/column";
import { isTraining } from "./fits";
import type { RowSet } from "./row-set";
import type { Trial } from "./trial";

/** Gives a value instead of the one that a stage or a field has; `own` is what it would have been. */
export type Override = (own: () => Promise<Column>, rows: RowSet) => Promise<Column>;

/** Values that are replaced, by `placeOf`. What comes after them follows; what doesn't depend on them stays. */
export type Overrides = ReadonlyMap<string, Override>;

/** The place of a value in a pipeline: `stage.port`, or `field name` for the record's own. */
export const placeOf = (source: ValueSource): string =>
  source.is === "field" ? fieldPlace(source.field) : `${source.stage}.${source.port}`;

/** The place of a field's own value. Ports never hold a space. */
export const fieldPlace = (field: string): string => `field ${field}`;

/** The training phases of a plan by id. */
export const phasesById = ({ plan }: Pick<Trial, "plan">): ReadonlyMap<string, TrainPhase> =>
  new Map(plan.phases.filter(isTraining).map((phase) => [phase.id, phase]));

/** Tells what values are made from, through algorithms, models and joint links inside one network. */
export interface Dependence {
  /** Places that a value depends on, its own included. */
  of(source: ValueSource): ReadonlySet<string>;
}

/** Makes the teller; each source is walked once. */
export function dependence(phases: ReadonlyMap<string, TrainPhase>): Dependence {
  const known = new WeakMap<ValueSource, ReadonlySet<string>>();
  const of = (source: ValueSource): ReadonlySet<string> => {
    const before = known.get(source);
    if (before !== undefined) return before;
    const places = new Set([placeOf(source)]);
    if (source.is !== "field") {
      for (const inner of Object.values(source.inputs)) for (const place of of(inner)) places.add(place);
    }
    if (source.is === "predicted" || source.is === "cross-fitted") {
      const phase = phases.get(source.phase);
      if (phase !== undefined) for (const place of outputsBefore(phase, placeOf(source))) places.add(place);
    }
    known.set(source, places);
    return places;
  };
  return { of };
}

/** Outputs of the same network that an output is made from: what joint links carry. */
export function outputsBefore({ network }: Pick<TrainPhase, "network">, output: string): readonly string[] {
  const own = network.outputs[output];
  const needed = new Set(own === undefined ? [] : [own]);
  for (const layer of network.layers.toReversed()) {
    if (needed.has(layer.id)) for (const source of layer.from) needed.add(source);
  }
  return Object.entries(network.outputs).flatMap(([name, layer]) =>
    layer !== own && needed.has(layer) ? [name] : [],
  );
}
