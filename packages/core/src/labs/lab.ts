import type { Diagnostic } from "../diagnostics/diagnostic";
import type { GraphDocument } from "../graph/document";
import type { ProblemSchema } from "../problem/document";

/** What a lab asks: when does starting elsewhere help, and when does sharing a trunk? */
export type LabKind = "transfer" | "multi-task";

/** A pipeline that a lab is made from, and its problem. */
export interface LabPipeline {
  readonly title: string;
  readonly document: GraphDocument;
  readonly schema: ProblemSchema;
  /** Training rows that the problem has. */
  readonly rows: number;
}

/** Its problem's name and its title: titles such as "From scratch" are many. */
export const labName = ({ schema, title }: LabPipeline): string => `${schema.name}, ${title}`;

/** Something that a lab varies. */
export interface LabAxis {
  /** Key in `at` of variants and cells. */
  readonly name: string;
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

/**
 * What a variant is for. `baseline`: what gains are over. `arm`: a cell of the grid. `control`: an arm that must not
 * gain, if what it leaves out is what helps. `dropping`: dropping incomplete rows instead of masking them.
 */
export type LabRole = "baseline" | "arm" | "control" | "dropping";

/** One pipeline of a lab: an ordinary document. */
export interface LabVariant {
  readonly id: string;
  readonly title: string;
  readonly role: LabRole;
  /** Its place on the axes that tell variants apart, by the axis' name. */
  readonly at: Readonly<Record<string, string>>;
  /** The variant that it is compared with. */
  readonly over?: string;
  /** Targets whose own scores are compared, each by itself; absent: the headline. */
  readonly tasks?: readonly string[];
  /** Where it starts: the document's `start.artifact` is that donor's id until the donor is trained. */
  readonly donor?: { readonly id: string; readonly stage: string };
  readonly document: GraphDocument;
}

/** What variants start from: a pipeline that is trained with the same seed on its own problem first. */
export interface LabDonor {
  readonly id: string;
  readonly title: string;
  readonly document: GraphDocument;
  /** The stage whose weights are taken. */
  readonly stage: string;
  readonly budget: number;
}

/**
 * A lab, worked out: trials are `variants × budgets × seeds`, each after its donor's. Plain JSON; everything that its
 * result is made from beside the trials' own results.
 */
export interface LabPlan {
  readonly format: 1;
  readonly kind: LabKind;
  readonly title: string;
  readonly axes: readonly LabAxis[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly variants: readonly LabVariant[];
  readonly donors: readonly LabDonor[];
}

/** A lab has at most so many trials: a day of small ones. */
export const MOST_LAB_TRIALS = 5000;

/** Trials of a lab, its donors' included. */
export const labTrials = ({
  variants,
  budgets,
  seeds,
  donors,
}: Pick<LabPlan, "variants" | "budgets" | "seeds" | "donors">): number =>
  (variants.length * budgets.length + donors.length) * seeds.length;

/** Errors stop a lab; warnings come beside it. */
export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");
