import type { Lowering } from "../lowering";
import { columnLayout } from "./columns";
import { asRows, emitInputGradient, emitProduct, emitWeightStep, panelLayout } from "./rows";
import { only } from "./sources";

/** Rows of the table, by a product: symbols come as probabilities. */
export const embedding: Lowering = {
  layout: ({ group }) => columnLayout(group.shape),
  weights: ({ inputs: [input = []], shape }) => ({
    table: panelLayout(input.at(-1) ?? 0, shape.at(-1) ?? 0),
  }),
  emit: ({ build, group, sources, weight }) => {
    const x = asRows(build, only(sources));
    const y = build.value(group);
    const kernel = weight("table");
    emitProduct(build, { x, y }, { kernel: kernel.address, bias: 0 });
    if (!build.learns(y)) return y;
    build.backward(() => {
      if (build.learns(x)) emitInputGradient(build, { x, y }, kernel.address);
      if (group.isTrained) emitWeightStep(build, { x, y }, { kernel, bias: undefined });
    });
    return y;
  },
};
