"use client";
import { Badge, Button, Chip, TypeChip } from "@seams/ui";
import { Copy, Trash2 } from "lucide-react";
import type { Ref } from "react";
import { disconnect, removeStages } from "./commands";
import { useEditor } from "./editor-context";
import { LinkInspector } from "./link-inspector";
import { StageInspector } from "./stage-inspector";
import { useDuplicate } from "./use-clipboard";

/** What is chosen, and everything about it that can be set. */
export function Inspector({ frame }: { readonly frame: Ref<HTMLElement> }) {
  const { selection, view } = useEditor();
  const [stage] = selection.stages;
  const [link] = selection.links;
  const one = selection.stages.length + selection.links.length === 1;
  const chosenLink = one && link !== undefined ? view.links.find(({ id }) => id === link) : undefined;
  const chosenStage = one && stage !== undefined ? view.stages.find(({ id }) => id === stage) : undefined;
  return (
    <section
      ref={frame}
      aria-label="Settings"
      className="flex h-full flex-col overflow-y-auto border-l border-line bg-surface"
    >
      {chosenStage !== undefined ? (
        <StageInspector key={chosenStage.id} view={chosenStage} />
      ) : chosenLink !== undefined ? (
        <LinkInspector view={chosenLink} />
      ) : selection.stages.length + selection.links.length > 1 ? (
        <Several />
      ) : (
        <PipelineFacts />
      )}
    </section>
  );
}

function Several() {
  const { selection, edit, locked, document } = useEditor();
  const duplicate = useDuplicate();
  const links = document.links.filter(({ from, to }) => selection.links.includes(`${from}>${to}`));
  return (
    <div className="flex flex-col gap-4 p-4">
      <h2 className="font-semibold">
        {selection.stages.length} stages, {selection.links.length} links chosen
      </h2>
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={locked || selection.stages.length === 0}
          icon={<Copy aria-hidden size={16} />}
          onClick={() => duplicate(selection.stages)}
        >
          Duplicate
        </Button>
        <Button
          tone="danger"
          disabled={locked}
          icon={<Trash2 aria-hidden size={16} />}
          onClick={() => edit((before) => removeStages(disconnect(before, links), selection.stages))}
        >
          Delete
        </Button>
      </div>
    </div>
  );
}

function PipelineFacts() {
  const { context, document } = useEditor();
  const { problem } = context;
  const between = Object.keys(problem.fields).filter(
    (field) => !problem.input.includes(field) && !problem.target.includes(field),
  );
  const groups = [
    { title: "Inputs", fields: problem.input },
    { title: "Targets", fields: problem.target },
    { title: "Labels between", fields: between },
  ];
  return (
    <div className="flex flex-col gap-4 p-4">
      <div>
        <h2 className="font-semibold">{problem.title}</h2>
        <p className="text-sm text-quiet">
          The problem that this pipeline solves. Choose a stage or a link to set it.
        </p>
      </div>
      {groups.map(({ title, fields }) =>
        fields.length === 0 ? null : (
          <div key={title} className="flex flex-col gap-1.5">
            <h3 className="text-sm text-quiet">{title}</h3>
            <ul className="flex flex-col items-start gap-1">
              {fields.map((field) => (
                <li key={field} className="max-w-full">
                  <TypeChip name={field} type={problem.fields[field]?.type}>
                    {(problem.fields[field]?.price ?? 0) > 0 ? (
                      <Badge>price {problem.fields[field]?.price}</Badge>
                    ) : null}
                  </TypeChip>
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
      <div className="flex flex-col gap-1.5">
        <h3 className="text-sm text-quiet">Measured by</h3>
        <div className="flex flex-wrap gap-1">
          {problem.metrics.map(({ target, metric }) => (
            <Chip key={`${target} ${metric}`}>
              {metric} of {target}
            </Chip>
          ))}
        </div>
      </div>
      <p className="text-sm text-quiet">
        {Object.keys(document.stages).length} stages, {document.links.length} links.
      </p>
    </div>
  );
}
