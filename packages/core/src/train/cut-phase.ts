import type { TrainPhase } from "../compile/plan";
import { networkShapes } from "../layers/network";
import type { PhaseArtifact } from "./trial";

/** A phase whose network is fed at places that it used to compute itself. */
export interface CutPhase {
  readonly phase: TrainPhase;
  readonly artifact: PhaseArtifact;
  /** Name of the new input, by the output that it stands for. */
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Cuts a phase's network at outputs that joint links carry on, so that their raw values come from outside: an oracle
 * inside a network that was trained as one. Only the layers that `output` still needs are left, with their weights.
 */
export function cutPhase(
  { phase, artifact }: Pick<CutPhase, "phase" | "artifact">,
  output: string,
  at: readonly string[],
): CutPhase {
  const { network } = phase;
  const facts = networkShapes(network);
  if (facts.is === "misfit") throw new Error(`cut: ${facts.layer}: ${facts.reason}`);
  const inputs = Object.fromEntries(at.map((name) => [name, `=${name}`]));
  const fedAt = new Map(at.map((name) => [network.outputs[name] ?? name, `=${name}`]));
  const own = network.outputs[output] ?? output;
  const needed = new Set([own]);
  const layers = network.layers
    .toReversed()
    .flatMap((layer) => {
      if (!needed.has(layer.id)) return [];
      const from = layer.from.map((source) => fedAt.get(source) ?? source);
      for (const source of from) needed.add(source);
      return [{ ...layer, from }];
    })
    .toReversed();
  const shapes = {
    ...network.inputs,
    ...Object.fromEntries([...fedAt].map(([place, name]) => [name, facts.shapes[place] ?? []])),
  };
  const kept = new Set(layers.map(({ id }) => id));
  return {
    phase: {
      ...phase,
      inputs: phase.inputs.filter(({ name }) => needed.has(name)),
      network: {
        inputs: Object.fromEntries(Object.entries(shapes).filter(([name]) => needed.has(name))),
        layers,
        outputs: { [output]: own },
      },
    },
    artifact: {
      ...artifact,
      state: {
        ...artifact.state,
        arrays: Object.fromEntries(
          Object.entries(artifact.state.arrays).filter(([name]) =>
            kept.has(name.slice(0, name.lastIndexOf("/"))),
          ),
        ),
      },
    },
    inputs,
  };
}
