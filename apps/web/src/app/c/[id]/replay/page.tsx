import type { Metadata } from "next";
import { ReplayScreen } from "../../../../replay/replay-screen";

export const metadata: Metadata = { title: "Watch episodes" };

/** Two pipelines of a comparison in the same episode, side by side. */
export default async function ReplayPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <ReplayScreen key={id} id={id} />;
}
