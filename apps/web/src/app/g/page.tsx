import type { Metadata } from "next";
import { PipelinesScreen } from "../../pipelines/pipelines-screen";

export const metadata: Metadata = { title: "My pipelines" };

/** All pipelines: one's own first, then the gallery's. */
export default function PipelinesPage() {
  return <PipelinesScreen />;
}
