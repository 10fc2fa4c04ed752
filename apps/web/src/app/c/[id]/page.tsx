import type { Metadata } from "next";
import { ComparisonScreen } from "../../../compare/comparison-screen";

export const metadata: Metadata = { title: "Comparison" };

/** One comparison. */
export default async function ComparisonPage({
  params,
}: {
  readonly params: Promise<{ readonly id: string }>;
}) {
  const { id } = await params;
  return <ComparisonScreen key={id} id={id} />;
}
