import type { StageView } from "./graph-view";

/** Sizes of a drawn stage, in px: known before it is drawn, so that the canvas can leave out what is not in sight. */
export const STAGE = { width: 208, header: 48, row: 24, footer: 28, hit: 24 } as const;

/** A stage's box. */
export function stageSize({ inputs, outputs }: Pick<StageView, "inputs" | "outputs">): {
  readonly width: number;
  readonly height: number;
} {
  const rows = Math.max(inputs.length, outputs.length, 1);
  return { width: STAGE.width, height: STAGE.header + rows * STAGE.row + STAGE.footer };
}

/** Top of a port's hit area inside its stage. */
export const portTop = (index: number): number => STAGE.header + index * STAGE.row;
