import {
  paramsJsonSchema,
  type ProblemSchema,
  type StageKind,
  standardKinds,
} from "../../packages/core/src/index";
import { paramRows } from "../../apps/web/src/docs/param-words";
import { fenced, page, type Pages, table } from "./pages";

const ROLES: Readonly<Record<StageKind["role"], string>> = {
  source: "input",
  learned: "learned",
  algorithm: "algorithm",
  output: "answer",
};

/** One page a stage kind, and an index. */
export function stagePages(): Pages {
  const index = table(
    ["Stage", "Role", "What it does"],
    standardKinds.map(({ kind, title, role, doc }) => [`[${title}](${kind}.md)`, ROLES[role], doc.summary]),
  );
  return {
    "stages/README.md": page(
      "# Stages",
      "What pipelines are made of. The palette, the forms and these pages follow from each kind's own folder in `packages/core/src/stages`.",
      index,
    ),
    ...Object.fromEntries(standardKinds.map((kind) => [`stages/${kind.kind}.md`, stagePage(kind)])),
  };
}

function stagePage(kind: StageKind): string {
  const { title, role, doc } = kind;
  const params = paramRows(paramsJsonSchema(kind));
  const rows = params.map(({ name, title: words, accepts, standard, required, help }) => [
    `\`${name}\`${required ? " (required)" : ""}`,
    accepts,
    standard === undefined ? "" : `\`${standard}\``,
    help ?? words,
  ]);
  return page(
    `# ${title}`,
    `\`${kind.kind}\`, ${ROLES[role]}. ${doc.summary}`,
    doc.when,
    "## Params",
    rows.length === 0 ? "None." : table(["Param", "Takes", "Default", "What for"], rows),
    "## Example",
    fenced("json", JSON.stringify({ kind: kind.kind, params: doc.example }, undefined, 2)),
    portWords(kind),
  );
}

/** Kinds name their ports from params alone, whatever the problem. */
const ANY_PROBLEM: ProblemSchema = {
  format: 1,
  name: "any",
  title: "Any",
  fields: {},
  input: [],
  target: [],
  metrics: [],
  split: { fractions: [1, 0, 0] },
};

/** The ports of the example, and where a gradient passes. */
function portWords(kind: StageKind): string {
  const params = kind.params.parse(kind.doc.example);
  const inputs = kind.inputs(params, ANY_PROBLEM).map(({ name }) => name);
  const listed = (names: readonly string[]): string =>
    names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", ");
  switch (kind.role) {
    case "source":
      return "Ports: the field’s values leave at `value`.";
    case "output":
      return `Ports in: ${listed(inputs)}.`;
    case "learned":
      return `Ports in: ${listed(inputs)}. Ports out: ${listed(kind.heads(params).map(({ port }) => port))}.`;
    case "algorithm": {
      const out = listed(kind.outputs(params).map(({ name }) => name));
      const passing = inputs.filter((name) => kind.gradient(params, name) !== "blocked");
      const gradient =
        passing.length === 0 ? "No gradient passes." : `A gradient passes to ${listed(passing)}.`;
      return `Ports in: ${listed(inputs)}. Ports out: ${out}. ${gradient}`;
    }
  }
}
