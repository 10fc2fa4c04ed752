import { diagnosticCatalog } from "@seams/core";
import type { Metadata } from "next";
import { DiagnosticList } from "../../../docs/diagnostic-list";
import { DocsPage } from "../../../docs/docs-page";

export const metadata: Metadata = { title: "Diagnostics" };

/** Every code that Seams can tell a person, with its cause and its remedy. */
export default function DiagnosticsPage() {
  return (
    <DocsPage
      title="Diagnostics"
      lead="What Seams says when something is wrong with a document, a pipeline or data. Codes never change their meaning."
    >
      <DiagnosticList entries={diagnosticCatalog} />
    </DocsPage>
  );
}
