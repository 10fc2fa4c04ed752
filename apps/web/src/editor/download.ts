"use client";
import type { GraphDocument } from "@seams/core";

/** Gives the document to the person as a file, named after its title. */
export function downloadDocument(document: GraphDocument): void {
  const name = document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "pipeline";
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: "application/json" }),
  );
  const link = Object.assign(window.document.createElement("a"), { href: url, download: `${name}.json` });
  link.click();
  URL.revokeObjectURL(url);
}
