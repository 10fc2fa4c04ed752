"use client";
import { Banner, GraphCanvas } from "@seams/ui";
import { useEditor } from "./editor-context";
import { Outline } from "./outline";

/** On a narrow screen a pipeline is read: a picture to pinch, and the outline. */
export function MobileEditor() {
  const { view, places, document } = useEditor();
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-2 p-4">
        <h1 className="text-lg font-semibold">{document.title}</h1>
        <Banner tone="accent">Edit on a larger screen. Here you can read the pipeline.</Banner>
      </div>
      <div className="h-64 border-y border-line">
        <GraphCanvas label={`Picture of ${document.title}`} view={view} layout={places} />
      </div>
      <Outline reading />
    </div>
  );
}
