import { type GraphDocument, paramsJsonSchema, type ProblemSchema, type StageKind } from "@seams/core";
import type { ParamSchema } from "@seams/ui/graph";
import { freeName } from "./commands";

/**
 * Params of a new stage: defaults wherever there are some. A field that must be named is one that fits the role and
 * that no other stage names yet; anything else comes from the kind's own example.
 */
export function initialParams(
  kind: StageKind,
  document: GraphDocument,
  problem: ProblemSchema,
): Readonly<Record<string, unknown>> {
  const schema: ParamSchema = paramsJsonSchema(kind);
  const needed = (schema.required ?? []).filter((name) => schema.properties?.[name]?.default === undefined);
  return Object.fromEntries(
    needed
      .map((name) => [name, name === "field" ? nextField(kind, document, problem) : kind.doc.example[name]])
      .filter(([, value]) => value !== undefined),
  );
}

function nextField(kind: StageKind, document: GraphDocument, problem: ProblemSchema): string | undefined {
  const fitting = fieldsFor(kind.role, problem);
  const taken = new Set(
    Object.values(document.stages)
      .filter((stage) => stage.kind === kind.kind)
      .map(({ params }) => params["field"]),
  );
  return fitting.find((field) => !taken.has(field)) ?? fitting[0];
}

/** The fields that a stage of this role may name: inputs at the source, targets at the answer, else labels. */
export function fieldsFor(role: StageKind["role"], problem: ProblemSchema): readonly string[] {
  if (role === "source") return problem.input;
  if (role === "output") return problem.target;
  return Object.keys(problem.fields).filter((field) => !problem.input.includes(field));
}

/** A new stage's name: its field's, where it has one, else its kind's. */
export function initialName(
  kind: StageKind,
  params: Readonly<Record<string, unknown>>,
  document: GraphDocument,
): string {
  const field = params["field"];
  if (typeof field !== "string") return freeName(document.stages, kind.kind);
  return freeName(
    document.stages,
    kind.role === "output" && Object.hasOwn(document.stages, field) ? `${field}-answer` : field,
  );
}
