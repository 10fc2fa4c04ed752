import type { FieldType } from "../graph/field-type";
import type { StageId } from "../ids";
import type { Layer, Network, Shape } from "../layers/layer";
import { encodedShape } from "./encoded-shape";
import type { TypedGraph } from "./plan";
import type { Wires } from "./wires";

/** One network for all stages of a group. */
export interface PhaseNetwork {
  readonly network: Network;
  readonly layersOf: Readonly<Record<string, readonly string[]>>;
}

/** What a network is composed from. */
export interface Composition {
  readonly graph: TypedGraph;
  readonly wires: Wires;
}

/**
 * Puts the networks of a group's stages into one: layers as `stage/layer`, inputs and outputs as `stage.port`. A stage
 * that maps over a sequence folds its steps into the batch, and unfolds what it gives.
 */
export function composeNetwork(stages: readonly StageId[], composition: Composition): PhaseNetwork {
  const inputs: Record<string, Shape> = {};
  const outputs: Record<string, string> = {};
  const layers: Layer[] = [];
  const layersOf: Record<string, readonly string[]> = {};
  for (const id of stages) {
    const part = placeStage(id, composition, outputs);
    Object.assign(inputs, part.inputs);
    Object.assign(outputs, part.outputs);
    layers.push(...part.layers);
    layersOf[id] = part.layers.map((layer) => layer.id);
  }
  return { network: { inputs, layers, outputs }, layersOf };
}

interface Part {
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly layers: readonly Layer[];
}

function placeStage(
  id: StageId,
  { graph, wires }: Composition,
  given: Readonly<Record<string, string>>,
): Part {
  const learned = graph.learned.get(id);
  const isMapped = graph.stages.get(id)?.each === true;
  if (learned === undefined) throw new Error(`network: ${id} has none`);
  const layers: Layer[] = [];
  const inputs: Record<string, Shape> = {};
  const placeOf = new Map<string, string>();
  let steps = 1;
  for (const port of Object.keys(learned.network.inputs)) {
    const name = `${id}.${port}`;
    const type = graph.inputs.get(id)?.[port];
    if (type === undefined) throw new Error(`network: ${name} has no type`);
    if (type.is === "sequence") steps = type.maxLength;
    const wire = wires.get(name);
    let place = name;
    if (wire?.mode === "joint") {
      const { from } = wire.link;
      place = given[`${from.stage}.${from.port}`] ?? `${from.stage}.${from.port}`;
      const activation = ACTIVATION[elementOf(type).is];
      if (activation !== undefined) {
        layers.push({ id: `${id}/${activation}:${port}`, kind: activation, params: {}, from: [place] });
        place = `${id}/${activation}:${port}`;
      }
    } else inputs[name] = encodedShape(type);
    if (isMapped) {
      layers.push({ id: `${id}/fold:${port}`, kind: "fold-steps", params: {}, from: [place] });
      place = `${id}/fold:${port}`;
    }
    placeOf.set(port, place);
  }
  for (const layer of learned.network.layers) {
    const from = layer.from.map((source) => placeOf.get(source) ?? `${id}/${source}`);
    layers.push({ ...layer, id: `${id}/${layer.id}`, from });
  }
  const outputs: Record<string, string> = {};
  for (const [port, layer] of Object.entries(learned.network.outputs)) {
    const place = placeOf.get(layer) ?? `${id}/${layer}`;
    if (isMapped)
      layers.push({ id: `${id}/unfold:${port}`, kind: "unfold-steps", params: { steps }, from: [place] });
    outputs[`${id}.${port}`] = isMapped ? `${id}/unfold:${port}` : place;
  }
  return { inputs, outputs, layers };
}

/** What makes a head's raw values into what a network reads elsewhere: probabilities, as a column's scores are. */
const ACTIVATION: Readonly<Partial<Record<FieldType["is"], string>>> = { label: "softmax", flags: "sigmoid" };

const elementOf = (type: FieldType): FieldType => (type.is === "sequence" ? type.of : type);
