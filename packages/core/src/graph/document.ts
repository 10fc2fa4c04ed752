import * as z from "zod";

/** The graph document's newest format. Older ones are brought up by graph/migrate.ts. */
export const GRAPH_FORMAT = 1;

/** How a learned stage's input is fed while it trains (science.md §2). */
export const LinkMode = z.enum(["label", "predicted", "cross-fitted", "joint"]);
export type LinkMode = z.infer<typeof LinkMode>;

/** Letters, digits, `_`, `-`; never a name that JavaScript's own objects have a meaning for. */
const StageName = z.string().regex(/^(?!(?:constructor|prototype)$)[A-Za-z][A-Za-z0-9_-]{0,63}$/);
/** `stage.port` */
const Endpoint = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}\.[A-Za-z][A-Za-z0-9_-]{0,63}$/);

/** A stage as written: its params are checked against its kind's own schema by the compiler. */
export const StageDocument = z.strictObject({
  kind: z.string().min(1).max(64),
  title: z.string().max(80).optional(),
  params: z.record(z.string(), z.unknown()).default({}),
});

export const LinkDocument = z.strictObject({ from: Endpoint, to: Endpoint, mode: LinkMode.optional() });

/** Format 1 of a pipeline. Layout, titles and stage names are not part of its identity (graph/canonical.ts). */
export const GraphDocument = z.strictObject({
  format: z.literal(GRAPH_FORMAT),
  title: z.string().max(80).default("Untitled pipeline"),
  problem: z.string().min(1).max(200),
  stages: z.record(StageName, StageDocument),
  links: z.array(LinkDocument),
  layout: z.record(StageName, z.tuple([z.number(), z.number()])).optional(),
});
export type GraphDocument = z.infer<typeof GraphDocument>;
export type StageDocument = z.infer<typeof StageDocument>;
export type LinkDocument = z.infer<typeof LinkDocument>;
