"use client";
import { type LinkMode, stageId as stageRef } from "@seams/core";
import { Badge, Banner, Button, TypeChip } from "@seams/ui";
import type { LinkView } from "@seams/ui/graph";
import { Unlink } from "lucide-react";
import { disconnect, setMode } from "./commands";
import { useEditor } from "./editor-context";

/** Each mode as a choice, with what it costs. */
const MODES: readonly { readonly mode: LinkMode; readonly title: string; readonly help: string }[] = [
  {
    mode: "label",
    title: "label",
    help: "The stage learns from true labels, and predicts from predictions. Needs labels; no gradient passes.",
  },
  {
    mode: "predicted",
    title: "predicted",
    help: "The stage learns from what the stage before it predicts, after that one is trained. No gradient passes.",
  },
  {
    mode: "cross-fitted",
    title: "cross-fitted",
    help: "As predicted, but each row is predicted by a model that has not seen it. Trains the stage before it several times.",
  },
  { mode: "joint", title: "joint", help: "Both stages learn together as one network; gradients pass." },
];

/** One link: what passes, and how it feeds the stage behind it while that one trains. */
export function LinkInspector({ view }: { readonly view: LinkView }) {
  const { edit, locked, context, document, goTo } = useEditor();
  const ends = { from: `${view.from.stage}.${view.from.port}`, to: `${view.to.stage}.${view.to.port}` };
  const target = context.stages.get(document.stages[view.to.stage]?.kind ?? "");
  const isFedByData = view.passing === "data";
  return (
    <div className="flex flex-col gap-4 p-4">
      <header className="flex flex-col gap-2">
        <h2 className="font-semibold">Link</h2>
        <p className="font-mono text-sm break-all">
          {ends.from} → {ends.to}
        </p>
        <div>
          <TypeChip type={view.type} />
        </div>
      </header>
      {view.broken === undefined ? null : <Banner tone="danger">{view.broken}</Banner>}
      {target?.role === "learned" ? (
        <fieldset className="flex flex-col gap-2" disabled={locked}>
          <legend className="mb-2 text-sm font-medium">How it feeds {view.to.stage} while that trains</legend>
          {isFedByData && !view.chosen ? (
            <p className="text-sm text-quiet">This is data as recorded: every mode gives the same.</p>
          ) : null}
          <Mode
            name={view.id}
            checked={!view.chosen}
            title="default"
            help={`label where the value is supervised, else joint.${!view.chosen && view.passing !== undefined ? ` Now: ${view.passing}.` : ""}`}
            onChoose={() => edit((before) => setMode(before, ends, undefined))}
          />
          {MODES.map(({ mode, title, help }) => (
            <Mode
              key={mode}
              name={view.id}
              checked={view.chosen && view.passing === mode}
              title={title}
              help={help}
              onChoose={() => edit((before) => setMode(before, ends, mode))}
            />
          ))}
        </fieldset>
      ) : (
        <p className="text-sm text-quiet">
          {view.to.stage} is not trained, so nothing has to be chosen here.{" "}
          {view.chosen ? <Badge tone="warning">mode {view.passing}</Badge> : null}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => goTo({ at: "stage", stage: stageRef(view.from.stage) })}>
          Go to {view.from.stage}
        </Button>
        <Button onClick={() => goTo({ at: "stage", stage: stageRef(view.to.stage) })}>
          Go to {view.to.stage}
        </Button>
        <Button
          tone="danger"
          disabled={locked}
          icon={<Unlink aria-hidden size={16} />}
          onClick={() => edit((before) => disconnect(before, [ends]))}
        >
          Disconnect
        </Button>
      </div>
    </div>
  );
}

interface ModeParts {
  readonly name: string;
  readonly checked: boolean;
  readonly title: string;
  readonly help: string;
  readonly onChoose: () => void;
}

function Mode({ name, checked, title, help, onChoose }: ModeParts) {
  return (
    <label className="flex items-start gap-2 rounded-md border border-line bg-raised p-2 text-sm has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="mt-1 size-4 shrink-0 accent-(--accent)"
      />
      <span>
        <span className="font-medium">{title}</span>
        <span className="block text-quiet">{help}</span>
      </span>
    </label>
  );
}
