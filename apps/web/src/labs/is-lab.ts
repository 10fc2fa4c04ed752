import type { ExperimentView } from "@seams/api";

/** Whether an experiment is a lab: its pipelines are variants that the lab made, which nobody can open or start by name. */
export const isLab = ({ kind }: Pick<ExperimentView, "kind">): boolean => kind !== "comparison";
