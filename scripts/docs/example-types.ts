import { compile, FieldType, type GraphDocument, type ProblemSchema } from "../../packages/core/src/index";

/** One value of each field type, for tables of what fits which. */
export const EXAMPLE_TYPES: readonly { readonly words: string; readonly type: FieldType }[] = [
  ["label of 2 classes", { is: "label", classes: ["no", "yes"] }],
  ["label of 3 and more classes", { is: "label", classes: ["a", "b", "c"] }],
  ["flags", { is: "flags", names: ["a", "b"] }],
  ["scalar", { is: "scalar" }],
  ["vector", { is: "vector", size: 3 }],
  ["box", { is: "box" }],
  ["text", { is: "text", alphabet: ["a", "b"], maxLength: 8 }],
  ["sequence of labels", { is: "sequence", of: { is: "label", classes: ["a", "b", "c"] }, maxLength: 4 }],
].map(([words, type]) => ({ words: String(words), type: FieldType.parse(type) }));

/** The losses that plans train a label of this type with, the usual one first; none where no stage can predict it alone. */
export function plannedLosses(type: FieldType): readonly string[] {
  const each = type.is === "sequence";
  const vector: FieldType = { is: "vector", size: 4 };
  const along = (maxLength: number): FieldType => ({ is: "sequence", of: vector, maxLength });
  const losses = [
    plannedLoss(type, each ? along(type.maxLength) : vector, {
      kind: "dense-net",
      params: { label: "y", each },
    }),
    plannedLoss(type, along(LONG), { kind: "transcriber", params: { label: "y" } }),
  ];
  return losses.filter((loss) => loss !== undefined);
}

/** Steps in which the example types' symbols have room. */
const LONG = 32;

function plannedLoss(
  type: FieldType,
  input: FieldType,
  stage: GraphDocument["stages"][string],
): string | undefined {
  const problem: ProblemSchema = {
    format: 1,
    name: "example",
    title: "Example",
    fields: { x: { type: input, price: 0 }, y: { type, price: 1 } },
    input: ["x"],
    target: ["y"],
    metrics: [{ target: "y", metric: "accuracy" }],
    split: { fractions: [0.8, 0.1, 0.1] },
  };
  const document: GraphDocument = {
    format: 1,
    title: "Example",
    problem: "example",
    stages: {
      in: { kind: "field", params: { field: "x" } },
      net: stage,
      out: { kind: "answer", params: { field: "y" } },
    },
    links: [
      { from: "in.value", to: "net.input" },
      { from: "net.output", to: "out.value" },
    ],
  };
  const { plan } = compile(document, { problem });
  return plan?.phases.flatMap((phase) => (phase.do === "train" ? phase.losses : []))[0]?.loss;
}
