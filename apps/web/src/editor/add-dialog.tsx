"use client";
import { BareDialog, roleIcon } from "@seams/ui";
import { Command } from "cmdk";
import { useMemo } from "react";
import { type AddRequest, useEditor } from "./editor-context";
import { ROLE_GROUPS } from "./palette-panel";
import { type KindCandidate, kindCandidates } from "./port-candidates";
import { useStageAdder } from "./use-stage-adder";
import { wordFilter } from "./word-filter";

/** Adds a stage by typing a few letters. At the end of a wire, kinds that take it come first, others say why not. */
export function AddDialog({
  request,
  onClose,
}: {
  readonly request: AddRequest | undefined;
  readonly onClose: () => void;
}) {
  const wire = request?.wire;
  return (
    <BareDialog
      open={request !== undefined}
      onOpenChange={(open) => !open && onClose()}
      label={wire === undefined ? "Add a stage" : `Add a stage at the end of ${wire.stage}.${wire.port}`}
    >
      {request === undefined ? null : <KindList request={request} onClose={onClose} />}
    </BareDialog>
  );
}

function KindList({ request, onClose }: { readonly request: AddRequest; readonly onClose: () => void }) {
  const { context, document } = useEditor();
  const addStage = useStageAdder();
  const { wire, at } = request;
  const candidates = useMemo<readonly KindCandidate[]>(
    () =>
      wire === undefined
        ? [...context.stages.kinds.values()].map((kind) => ({ kind, port: undefined, reason: undefined }))
        : kindCandidates(document, wire, context),
    [wire, context, document],
  );
  const choose =
    ({ kind, port }: KindCandidate) =>
    () => {
      onClose();
      addStage({
        kind,
        ...(at === undefined ? {} : { at }),
        ...(wire === undefined || port === undefined ? {} : { wire: { from: wire, port } }),
      });
    };
  return (
    <Command label="Add a stage" loop filter={wordFilter}>
      <Command.Input
        placeholder={wire === undefined ? "Add a stage…" : `What should ${wire.stage}.${wire.port} lead to?`}
        className="h-12 w-full border-b border-line bg-transparent px-4 outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-center text-sm text-quiet">
          No stage has these words.
        </Command.Empty>
        {ROLE_GROUPS.map(({ role, title }) => {
          const group = candidates.filter(({ kind }) => kind.role === role);
          return group.length === 0 ? null : (
            <Command.Group
              key={role}
              heading={title}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-quiet"
            >
              {group.map((candidate) => (
                <Command.Item
                  key={candidate.kind.kind}
                  value={candidate.kind.title}
                  keywords={[candidate.kind.kind, candidate.kind.doc.summary]}
                  disabled={candidate.reason !== undefined}
                  onSelect={choose(candidate)}
                  className="flex cursor-pointer items-start gap-2 rounded-sm px-2 py-1.5 text-sm data-[disabled=true]:cursor-not-allowed data-[selected=true]:bg-accent-soft"
                >
                  <span className="mt-0.5 text-quiet">{roleIcon(candidate.kind.role)}</span>
                  <span>
                    <span className="block font-medium">{candidate.kind.title}</span>
                    <span className={candidate.reason === undefined ? "text-quiet" : "text-danger"}>
                      {candidate.reason ?? candidate.kind.doc.summary}
                    </span>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          );
        })}
      </Command.List>
    </Command>
  );
}
