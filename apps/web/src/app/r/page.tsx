import type { Metadata } from "next";
import { RunsScreen } from "../../run/runs-screen";

export const metadata: Metadata = { title: "Runs" };

/** All trials, newest first. */
export default function RunsPage() {
  return <RunsScreen />;
}
