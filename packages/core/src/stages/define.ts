import * as z from "zod";
import type { AlgorithmKind, LearnedKind, OutputKind, SourceKind } from "./stage";

/** A kind as its author writes it: the type of its params follows from their schema, its role from the function. */
type Definition<Kind, P> = Omit<Kind, "role" | "params"> & { readonly params: z.ZodType<P> };

/** Defines a kind that gives the values of a field. */
export const defineSource = <P>(kind: Definition<SourceKind<NoInfer<P>>, P>): SourceKind<P> =>
  Object.freeze({ ...kind, role: "source" });

/** Defines a kind that says which value answers a target. */
export const defineOutput = <P>(kind: Definition<OutputKind<NoInfer<P>>, P>): OutputKind<P> =>
  Object.freeze({ ...kind, role: "output" });

/** Defines a network with heads. Don't put `each` into its params: every learned kind has it. */
export const defineLearned = <P>(kind: Definition<LearnedKind<NoInfer<P>>, P>): LearnedKind<P> =>
  Object.freeze({ ...kind, role: "learned" });

/** Defines a pure function over columns. Don't put `each` into its params: every algorithm kind has it. */
export const defineAlgorithm = <P>(kind: Definition<AlgorithmKind<NoInfer<P>>, P>): AlgorithmKind<P> =>
  Object.freeze({ ...kind, role: "algorithm" });

/** The param that every learned and algorithm stage has beside its kind's own. The parser takes it out of the params. */
export const eachParam = z.boolean().default(false).meta({
  title: "Each element",
  help: "Map this stage over the elements of a sequence, with the same weights for each.",
});

/** Name of the only output port of most kinds. */
export const OUTPUT = "output";
