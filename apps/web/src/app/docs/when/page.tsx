import type { Metadata } from "next";
import { DocsPage } from "../../../docs/docs-page";
import { WhenItPays } from "../../../docs/when-it-pays";

export const metadata: Metadata = { title: "When does it pay?" };

/** When decomposition, multi-task and transfer apply. */
export default function WhenPage() {
  return (
    <DocsPage
      title="When does it pay?"
      lead="Seams, shared networks, borrowed weights: what each needs, and the problem that shows it."
    >
      <WhenItPays />
    </DocsPage>
  );
}
