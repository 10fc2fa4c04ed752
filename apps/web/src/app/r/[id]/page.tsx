import type { Metadata } from "next";
import { RunScreen } from "../../../run/run-screen";

export const metadata: Metadata = { title: "Run" };

/** One trial. */
export default async function RunPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <RunScreen key={id} id={id} />;
}
