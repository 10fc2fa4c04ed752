import { type Change, diffGraphs, type GraphDocument, sameGraph } from "@seams/core";

/** What changed from one version to another, as a list. */
export function DiffWords({
  before,
  after,
}: {
  readonly before: GraphDocument;
  readonly after: GraphDocument;
}) {
  const diff = diffGraphs(before, after);
  if (sameGraph(diff)) return <p className="text-sm">The two versions are the same.</p>;
  const ends = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from} → ${to}`;
  const lines = [
    ...(diff.title === undefined ? [] : [changeWords("title", diff.title)]),
    ...diff.added.map((stage) => `added stage ${stage}`),
    ...diff.removed.map((stage) => `removed stage ${stage}`),
    ...diff.renamed.map(({ from, to }) => `renamed ${from} to ${to}`),
    ...diff.changed.flatMap(({ stage, changes }) => changes.map((change) => changeWords(stage, change))),
    ...diff.linksAdded.map((link) => `added link ${ends(link)}`),
    ...diff.linksRemoved.map((link) => `removed link ${ends(link)}`),
    ...diff.linksChanged.flatMap(({ link, changes }) =>
      changes.map((change) => changeWords(ends(link), change)),
    ),
    ...(diff.moved.length === 0 ? [] : [`moved ${diff.moved.join(", ")}`]),
  ];
  return (
    <div className="text-sm">
      <p className="mb-2 text-quiet">From theirs to yours:</p>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

const changeWords = (where: string, { path, before, after }: Change): string =>
  `${where}: ${path.join(".")} ${valueWords(before)} → ${valueWords(after)}`;
const valueWords = (value: unknown): string => (value === undefined ? "not set" : JSON.stringify(value));
