"use client";
import { compile, type GraphDocument, type ProblemSchema, standardStages } from "@seams/core";
import { GraphPicture } from "@seams/ui";
import { viewGraph } from "@seams/ui/graph";
import { useMemo } from "react";
import { placesOf } from "../editor/layout";

/** A pipeline as a small picture, with the types that its compilation finds. */
export function PipelinePicture({
  document,
  problem,
  className,
}: {
  readonly document: GraphDocument;
  readonly problem: ProblemSchema;
  readonly className?: string;
}) {
  const { view, places } = useMemo(() => {
    const { typed, plan, diagnostics } = compile(document, { problem });
    const drawn = viewGraph(document, { problem, stages: standardStages, typed, plan, diagnostics });
    return { view: drawn, places: placesOf(document, drawn) };
  }, [document, problem]);
  const titles = view.stages.map(({ title }) => title).join(", ");
  return (
    <GraphPicture
      label={`Picture of ${document.title}: ${titles}`}
      view={view}
      layout={places}
      {...(className === undefined ? {} : { className })}
    />
  );
}
