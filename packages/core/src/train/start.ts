import type { TrainPhase } from "../compile/plan";
import { artifactDoesNotFit, artifactUnknown } from "../diagnostics/catalog/trial";
import type { Checked } from "../diagnostics/diagnostic";
import { stageId } from "../ids";
import type { Network } from "../layers/layer";
import type { StepperState } from "./stepper";
import type { StageCache } from "./trial";

/** How an artifact of a trial is named: the key of the phase that trained it, and the stage's number in it. */
export const artifactName = (key: string, number: string): string => `${key}/${number}`;

/**
 * First weights taken from artifacts, where the phase says so. A stage's hidden layers must be there with the same
 * shapes; heads carry over where they fit and start anew where they don't.
 */
export async function startFrom(
  init: StepperState,
  phase: TrainPhase,
  cache: Pick<StageCache, "get">,
): Promise<Checked<StepperState>> {
  const arrays = { ...init.arrays };
  for (const [stage, { artifact }] of Object.entries(phase.start)) {
    if (artifact === undefined) continue; // random features: the drawn weights stay
    const place = { at: "param", stage: stageId(stage), path: ["start", "artifact"] } as const;
    const slash = artifact.indexOf("/");
    const donor = artifact.slice(slash + 1);
    const found = slash < 0 ? undefined : await cache.get(artifact.slice(0, slash));
    if (found?.weights[donor] === undefined) {
      return { value: undefined, diagnostics: [artifactUnknown({ place, artifact })] };
    }
    for (const name of weightsOfStage(phase, stage, init)) {
      const own = arrays[name];
      const given = found.state.arrays[`${donor}${name.slice(stage.length)}`];
      const isFit = own !== undefined && given !== undefined && own.shape.join() === given.shape.join();
      if (isFit) arrays[name] = given;
      else if (own !== undefined && !isHead(phase, name)) {
        const expected = `[${own.shape.join(" × ")}] in ${name}`;
        const seen = given === undefined ? "no such layer" : `[${given.shape.join(" × ")}]`;
        return { value: undefined, diagnostics: [artifactDoesNotFit({ place, artifact, expected, seen })] };
      }
    }
  }
  return { value: { ...init, arrays }, diagnostics: [] };
}

const weightsOfStage = (phase: TrainPhase, stage: string, { arrays }: StepperState): readonly string[] =>
  Object.keys(arrays).filter((name) => (phase.layersOf[stage] ?? []).includes(layerOf(name)));

const layerOf = (weight: string): string => weight.slice(0, weight.lastIndexOf("/"));

const isHead = ({ network }: TrainPhase, weight: string): boolean => isHeadLayer(network, layerOf(weight));

/** Whether no layer with weights of the same stage is behind a layer: what it gives is an output. */
export function isHeadLayer(network: Network, layer: string): boolean {
  const outputs = new Set(Object.values(network.outputs));
  if (outputs.has(layer)) return true;
  // A mapped stage's head is folded out before it is an output.
  return network.layers.some(
    ({ id, kind, from }) => outputs.has(id) && kind === "unfold-steps" && from.includes(layer),
  );
}
