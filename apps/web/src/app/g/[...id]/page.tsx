import type { Metadata } from "next";
import { EditorScreen } from "../../../editor/editor-screen";
import { idOf } from "../../../paths";

export const metadata: Metadata = { title: "Pipeline" };

/** The editor. Ids of gallery pipelines have a slash. */
export default async function PipelinePage({
  params,
}: {
  readonly params: Promise<{ readonly id: readonly string[] }>;
}) {
  const { id } = await params;
  return <EditorScreen id={idOf(id)} />;
}
