"use client";
import { BareDialog, type PortRef, TypeShape } from "@seams/ui";
import { type PortView, typeWords } from "@seams/ui/graph";
import { Command } from "cmdk";
import { useMemo, useState } from "react";
import { useEditor } from "./editor-context";
import { type PortCandidate, portCandidates } from "./port-candidates";
import { wordFilter } from "./word-filter";

/** From where a link shall go: a port, or a stage whose port is chosen first. */
export type ConnectRequest = PortRef | { readonly stage: string };

/** Makes a link without a mouse: the other ends that fit come first, those that don't say why. */
export function ConnectDialog({
  request,
  onClose,
}: {
  readonly request: ConnectRequest | undefined;
  readonly onClose: () => void;
}) {
  return (
    <BareDialog
      open={request !== undefined}
      onOpenChange={(open) => !open && onClose()}
      label={`Connect ${request?.stage ?? ""}`}
    >
      {request === undefined ? null : <ConnectSteps request={request} onClose={onClose} />}
    </BareDialog>
  );
}

function ConnectSteps({
  request,
  onClose,
}: {
  readonly request: ConnectRequest;
  readonly onClose: () => void;
}) {
  const { view } = useEditor();
  const stage = view.stages.find(({ id }) => id === request.stage);
  const ports: PortRef[] = [
    ...(stage?.outputs ?? []).map(
      ({ name }): PortRef => ({ stage: request.stage, port: name, side: "output" }),
    ),
    ...(stage?.inputs ?? []).map(
      ({ name }): PortRef => ({ stage: request.stage, port: name, side: "input" }),
    ),
  ];
  const given = "port" in request ? request : ports.length === 1 ? ports[0] : undefined;
  const [chosen, setChosen] = useState<PortRef | undefined>(given);
  if (chosen !== undefined) return <OtherEnds from={chosen} onClose={onClose} />;
  return (
    <Command label={`Which port of ${request.stage}?`} loop filter={wordFilter}>
      <Command.Input
        placeholder={`Connect which port of ${request.stage}?`}
        className="h-12 w-full border-b border-line bg-transparent px-4 outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-center text-sm text-quiet">
          {ports.length === 0 ? "This stage has no ports." : "No port has this name."}
        </Command.Empty>
        {ports.map((port) => (
          <Command.Item
            key={`${port.side} ${port.port}`}
            value={`${port.side} ${port.port}`}
            onSelect={() => setChosen(port)}
            className={ITEM}
          >
            <TypeShape type={portView(stage, port)?.type} />
            <span className="font-medium">
              {port.side} {port.port}
            </span>
            <span className="text-quiet">{typeWords(portView(stage, port)?.type)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

const ITEM =
  "flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-sm data-[disabled=true]:cursor-not-allowed data-[selected=true]:bg-accent-soft";

function OtherEnds({ from, onClose }: { readonly from: PortRef; readonly onClose: () => void }) {
  const { document, context, view, link } = useEditor();
  const candidates = useMemo(() => portCandidates(document, from, context), [document, from, context]);
  const taken = new Set(document.links.map(({ to }) => to));
  const choose =
    ({ ends }: PortCandidate) =>
    () => {
      onClose();
      link(ends);
    };
  const stage = (id: string) => view.stages.find((each) => each.id === id);
  return (
    <Command label={`Connect ${from.stage}.${from.port}`} loop filter={wordFilter}>
      <Command.Input
        autoFocus
        placeholder={`Connect ${from.stage}.${from.port} ${from.side === "output" ? "to" : "from"}…`}
        className="h-12 w-full border-b border-line bg-transparent px-4 outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-center text-sm text-quiet">
          {candidates.length === 0
            ? "There is nothing to connect to. Add a stage first."
            : "No port has this name."}
        </Command.Empty>
        {candidates.map((candidate) => (
          <Command.Item
            key={`${candidate.port.stage}.${candidate.port.port}`}
            value={`${candidate.port.stage}.${candidate.port.port}`}
            disabled={candidate.reason !== undefined}
            onSelect={choose(candidate)}
            className={ITEM}
          >
            <TypeShape type={portView(stage(candidate.port.stage), candidate.port)?.type} />
            <span className="min-w-0">
              <span className="font-medium">
                {candidate.port.stage}.{candidate.port.port}
              </span>
              <span className="ml-2 text-quiet">{stage(candidate.port.stage)?.kindTitle}</span>
              {candidate.reason !== undefined ? (
                <span className="block text-danger">{candidate.reason}</span>
              ) : taken.has(candidate.ends.to) ? (
                <span className="block text-quiet">Takes the place of the link that is there.</span>
              ) : null}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

function portView(
  stage: { readonly inputs: readonly PortView[]; readonly outputs: readonly PortView[] } | undefined,
  { port, side }: PortRef,
): PortView | undefined {
  return (side === "input" ? stage?.inputs : stage?.outputs)?.find(({ name }) => name === port);
}
