import type { Seed } from "../ids";
import { layerKinds } from "../layers/index";
import type { Network } from "../layers/layer";
import { stream } from "../random/streams";
import type { WordKey } from "../random/words";
import { nameInStage } from "./initial-state";

/**
 * Keys of the random words that a network's layers draw in training, such as a dropout's mask. Each layer has its own,
 * named by its stage and its name in there as its weights are.
 *
 * @param stageOf the name of a layer's stage, by layer id
 */
export function drawKeys(
  { layers }: Network,
  seed: Seed,
  stageOf: (layer: string) => string,
): Readonly<Record<string, WordKey>> {
  return Object.fromEntries(
    layers
      .filter(({ kind }) => layerKinds[kind]?.drawsInTraining === true)
      .map(({ id }) => {
        const [first, second] = stream(seed, "words", stageOf(id), nameInStage(id)).state();
        return [id, [first, second]];
      }),
  );
}
