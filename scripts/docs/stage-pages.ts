import { layerKinds, paramsJsonSchema, type StageKind, standardKinds } from "../../packages/core/src/index";
import { paramRows } from "../../apps/web/src/docs/param-words";
import { fenced, page, type Pages, table } from "./pages";

const ROLES: Readonly<Record<StageKind["role"], string>> = {
  source: "input",
  learned: "learned",
  algorithm: "algorithm",
  output: "answer",
};

/** One page a stage kind, an index, and the layer kinds that networks are made of. */
export function stagePages(): Pages {
  const index = table(
    ["Stage", "Role", "What it does"],
    standardKinds.map(({ kind, title, role, doc }) => [`[${title}](${kind}.md)`, ROLES[role], doc.summary]),
  );
  const layers = table(
    ["Layer", "What it does"],
    Object.values(layerKinds).map(({ kind, summary }) => [`\`${kind}\``, summary]),
  );
  return {
    "stages/README.md": page(
      "# Stages",
      "What pipelines are made of. The palette, the forms and these pages follow from each kind's own folder in `packages/core/src/stages`.",
      index,
    ),
    "stages/layers.md": page(
      "# Layers",
      "What the networks of learned stages are made of: a network is a list of these. Each has one folder in `packages/core/src/layers`.",
      layers,
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
  );
}
