import type { Metadata } from "next";
import { ComparisonsScreen } from "../../compare/comparisons-screen";

export const metadata: Metadata = { title: "Comparisons" };

/** All comparisons, newest first. */
export default function ComparisonsPage() {
  return <ComparisonsScreen />;
}
