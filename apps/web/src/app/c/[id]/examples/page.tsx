import type { Metadata } from "next";
import { ExamplesScreen } from "../../../../examples/examples-screen";

export const metadata: Metadata = { title: "Examples through every seam" };

/** Single test records of a comparison, on their way through its pipelines. */
export default async function ExamplesPage({
  params,
}: {
  readonly params: Promise<{ readonly id: string }>;
}) {
  const { id } = await params;
  return <ExamplesScreen key={id} id={id} />;
}
