import type { Metadata } from "next";
import { DocsPage } from "../../docs/docs-page";
import { FirstSteps } from "../../docs/first-steps";

export const metadata: Metadata = { title: "Docs" };

/** Where the documentation begins: the first ten minutes. */
export default function DocsHomePage() {
  return (
    <DocsPage
      title="Docs"
      lead="A seam is a place where a system is cut into stages. Where to put the seams is usually decided by opinion; here it is measured."
    >
      <FirstSteps />
    </DocsPage>
  );
}
