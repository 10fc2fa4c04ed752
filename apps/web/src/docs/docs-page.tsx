import { Page, PageHeader } from "@seams/ui";
import type { ReactNode } from "react";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { DocsNav } from "./docs-nav";

/** The frame of a page of the documentation. */
export function DocsPage({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Page>
      <Crumbs
        items={
          title === "Docs" ? [{ label: "Docs" }] : [{ label: "Docs", href: paths.docs() }, { label: title }]
        }
      />
      <DocsNav />
      <PageHeader title={title} lead={lead} />
      {children}
    </Page>
  );
}
