import { framesTooFew } from "../diagnostics/catalog/training";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import { valuesPerRecord } from "../data/column";
import { framesFor } from "../graph/symbols";
import type { StageId } from "../ids";
import type { Network } from "../layers/layer";
import { networkShapes } from "../layers/network";
import type { TypedHead } from "./plan";

/**
 * Heads with as many slots as their network gives frames, where symbols may stand anywhere along them; the others as they
 * are. Says where frames are too few for the longest value: then no way to place its symbols exists.
 */
export function countFrames(
  heads: readonly TypedHead[],
  network: Network,
  stage: StageId,
): Checked<readonly TypedHead[]> {
  const found = networkShapes(network);
  const diagnostics: Diagnostic[] = [];
  const value = heads.map((one) => {
    const { head, type, width, supervision } = one;
    if (head.isFree !== true || supervision === undefined || found.is === "misfit") return one;
    const values = (found.shapes[network.outputs[head.port] ?? ""] ?? []).reduce(
      (size, side) => size * side,
      1,
    );
    const frames = values / width;
    const symbols = valuesPerRecord(type);
    const needed = framesFor(symbols);
    if (frames < needed) {
      const place = { at: "port", stage, port: head.port } as const;
      diagnostics.push(framesTooFew({ place, field: supervision.label, symbols, needed, frames }));
    }
    return { ...one, supervision: { ...supervision, slots: frames } };
  });
  return { value: diagnostics.length > 0 ? undefined : value, diagnostics };
}
