import type { EngineInfo } from "@seams/core/train";

/** Which machinery the numbers come from. */
export function EngineLine({ engine }: { readonly engine: EngineInfo | undefined }) {
  if (engine === undefined) return null;
  const { backend, form, kernels, threads, node, version, because } = engine;
  return (
    <p className="text-sm text-quiet">
      Engine: <span className="text-ink">{backend}</span>, {form}
      {because === undefined ? "" : ` (${because})`}, kernels{" "}
      <code title={kernels}>{kernels.length > 40 ? `${kernels.slice(0, 40)}…` : kernels}</code>, {threads}{" "}
      {threads === 1 ? "thread" : "threads"}, Node {node.replace(/^v/, "")}, Seams {version}
    </p>
  );
}
