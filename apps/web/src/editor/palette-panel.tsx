"use client";
import { roleIcon, TextInput, Tooltip } from "@seams/ui";
import { useState } from "react";
import { useEditor } from "./editor-context";
import { useStageAdder } from "./use-stage-adder";
import { wordFilter } from "./word-filter";

/** What a dragged stage kind is called on its way to the canvas. */
export const STAGE_DRAG_TYPE = "application/x-seams-stage-kind";

/** Groups of the palette, in its order. */
export const ROLE_GROUPS = [
  { role: "source", title: "Inputs" },
  { role: "learned", title: "Learned" },
  { role: "algorithm", title: "Algorithms" },
  { role: "output", title: "Answers" },
] as const;

/** All stage kinds: press one to add it beside the chosen stage, or drag it onto the canvas. */
export function PalettePanel() {
  const { context, locked } = useEditor();
  const addStage = useStageAdder();
  const [search, setSearch] = useState("");
  const kinds = [...context.stages.kinds.values()].filter(
    ({ kind, title, doc }) => wordFilter(title, search, [kind, doc.summary]) > 0,
  );
  return (
    <section aria-label="Stages" className="flex h-full flex-col border-r border-line bg-surface">
      <div className="p-3">
        <TextInput
          type="search"
          aria-label="Search stages"
          placeholder="Search stages"
          className="w-full"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
        {kinds.length === 0 ? <p className="text-sm text-quiet">No stage has these words.</p> : null}
        {ROLE_GROUPS.map(({ role, title }) => {
          const group = kinds.filter((kind) => kind.role === role);
          return group.length === 0 ? null : (
            <div key={role} className="mb-4">
              <h2 className="mb-1 text-sm text-quiet">{title}</h2>
              <ul className="flex flex-col gap-1">
                {group.map((kind) => (
                  <li key={kind.kind}>
                    <Tooltip text={kind.doc.when}>
                      <button
                        type="button"
                        disabled={locked}
                        draggable={!locked}
                        onDragStart={(event) => {
                          event.dataTransfer.setData(STAGE_DRAG_TYPE, kind.kind);
                          event.dataTransfer.effectAllowed = "copy";
                        }}
                        onClick={() => addStage({ kind })}
                        className="flex w-full items-start gap-2 rounded-md border border-line bg-raised p-2 text-left text-sm hover:border-edge hover:bg-sunken disabled:opacity-50"
                      >
                        <span className={role === "learned" ? "mt-0.5 text-accent" : "mt-0.5 text-quiet"}>
                          {roleIcon(kind.role)}
                        </span>
                        <span>
                          <span className="block font-medium">{kind.title}</span>
                          <span className="line-clamp-2 text-quiet">{kind.doc.summary}</span>
                        </span>
                      </button>
                    </Tooltip>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </section>
  );
}
