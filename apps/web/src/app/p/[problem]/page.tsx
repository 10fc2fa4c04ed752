import type { Metadata } from "next";
import { ProblemScreen } from "../../../problem/problem-screen";

export const metadata: Metadata = { title: "Problem" };

/** One problem, with its data. */
export default async function ProblemPage({
  params,
}: {
  readonly params: Promise<{ readonly problem: string }>;
}) {
  const { problem } = await params;
  return <ProblemScreen id={decodeURIComponent(problem)} />;
}
