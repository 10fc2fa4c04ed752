"use client";
import { Button, roleIcon, SeverityIcon, TypeShape } from "@seams/ui";
import { type PortView, type StageView, typeWords } from "@seams/ui/graph";
import { Link2, Pencil, Plus, Trash2, Unlink } from "lucide-react";
import { disconnect, removeStages } from "./commands";
import { useEditor } from "./editor-context";
import { inOrder } from "./order";

/**
 * The pipeline as a nested list, in the order that values flow: all that the canvas can do, for screen readers, phones
 * and those who prefer text.
 */
export function Outline({ reading }: { readonly reading: boolean }) {
  const { view, locked, openAdd, document } = useEditor();
  const fixed = reading || locked;
  return (
    <section aria-label={`Outline of ${document.title}`} className="h-full overflow-y-auto p-4">
      {fixed ? null : (
        <div className="mb-4">
          <Button tone="primary" icon={<Plus aria-hidden size={16} />} onClick={() => openAdd({})}>
            Add a stage
          </Button>
        </div>
      )}
      {view.stages.length === 0 ? <p className="text-quiet">This pipeline has no stages yet.</p> : null}
      <ol className="flex max-w-3xl flex-col gap-3">
        {inOrder(view).map((stage) => (
          <li key={stage.id} className="rounded-lg border border-line bg-surface p-3">
            <OutlineStage stage={stage} fixed={fixed} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OutlineStage({ stage, fixed }: { readonly stage: StageView; readonly fixed: boolean }) {
  const { edit, editor, focusInspector, announce } = useEditor();
  const { problem } = stage;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-quiet">{roleIcon(stage.role)}</span>
        <h2 className="font-semibold">{stage.title}</h2>
        <span className="text-sm text-quiet">
          {stage.kindTitle}
          {stage.pills.map(({ text }) => ` · ${text}`)}
          {stage.weights === undefined ? "" : ` · ${stage.weights}`}
        </span>
        {fixed ? null : (
          <span className="ml-auto flex gap-2">
            <Button
              icon={<Pencil aria-hidden size={16} />}
              aria-label={`Edit ${stage.id}`}
              onClick={() => {
                editor.select({ stages: [stage.id] });
                focusInspector();
              }}
            >
              Edit
            </Button>
            <Button
              tone="danger"
              icon={<Trash2 aria-hidden size={16} />}
              aria-label={`Delete ${stage.id}`}
              onClick={() => {
                edit((before) => removeStages(before, [stage.id]));
                announce(`Removed ${stage.id}.`);
              }}
            >
              Delete
            </Button>
          </span>
        )}
      </div>
      {problem === undefined ? null : (
        <p className="mt-1 flex items-start gap-2 text-sm">
          <span className="mt-0.5">
            <SeverityIcon severity={problem.severity} />
          </span>
          {problem.message}
        </p>
      )}
      <ul className="mt-2 flex flex-col gap-1 border-l-2 border-line pl-3">
        {stage.inputs.map((port) => (
          <OutlinePort key={`in ${port.name}`} stage={stage.id} port={port} side="input" fixed={fixed} />
        ))}
        {stage.outputs.map((port) => (
          <OutlinePort key={`out ${port.name}`} stage={stage.id} port={port} side="output" fixed={fixed} />
        ))}
      </ul>
    </>
  );
}

interface OutlinePortParts {
  readonly stage: string;
  readonly port: PortView;
  readonly side: "input" | "output";
  readonly fixed: boolean;
}

function OutlinePort({ stage, port, side, fixed }: OutlinePortParts) {
  const { view, edit, openConnect, announce } = useEditor();
  const links = view.links.filter((link) => {
    const end = side === "input" ? link.to : link.from;
    return end.stage === stage && end.port === port.name;
  });
  return (
    <li className="text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <TypeShape type={port.type} />
        <span>
          {side} <span className="font-medium">{port.name}</span>
        </span>
        <span className="text-quiet">{typeWords(port.type)}</span>
        {links.length === 0 ? <span className="text-quiet">not connected</span> : null}
        {fixed ? null : (
          <Button
            tone="quiet"
            icon={<Link2 aria-hidden size={16} />}
            aria-label={`Connect ${side} ${stage}.${port.name}`}
            onClick={() => openConnect({ stage, port: port.name, side })}
          >
            Connect
          </Button>
        )}
      </div>
      {links.length === 0 ? null : (
        <ul className="pl-5">
          {links.map((link) => {
            const ends = {
              from: `${link.from.stage}.${link.from.port}`,
              to: `${link.to.stage}.${link.to.port}`,
            };
            const passing =
              link.passing === undefined || link.passing === "data" ? "" : `, mode ${link.passing}`;
            return (
              <li key={link.id} className="flex flex-wrap items-center gap-2">
                <span>
                  {side === "input" ? `from ${ends.from}` : `to ${ends.to}`}
                  <span className="text-quiet">{passing}</span>
                </span>
                {link.broken === undefined ? null : <span className="text-danger">{link.broken}</span>}
                {fixed ? null : (
                  <Button
                    tone="quiet"
                    icon={<Unlink aria-hidden size={16} />}
                    aria-label={`Disconnect ${ends.from} from ${ends.to}`}
                    onClick={() => {
                      edit((before) => disconnect(before, [ends]));
                      announce(`Disconnected ${ends.from} from ${ends.to}.`);
                    }}
                  >
                    Disconnect
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
