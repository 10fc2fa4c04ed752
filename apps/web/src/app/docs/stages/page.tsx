import { standardKinds } from "@seams/core";
import type { Metadata } from "next";
import { DocsPage } from "../../../docs/docs-page";
import { StageArticle } from "../../../docs/stage-article";

export const metadata: Metadata = { title: "Stages" };

/** The catalogue of stage kinds, made from the kinds themselves. */
export default function StagesPage() {
  return (
    <DocsPage
      title="Stages"
      lead="What a pipeline is made of. A learned stage that names a label field is supervised there: that link is a seam."
    >
      <nav aria-label="Stages">
        <ul className="flex flex-wrap gap-2 text-sm">
          {standardKinds.map(({ kind, title }) => (
            <li key={kind}>
              <a
                href={`#${kind}`}
                className="inline-flex h-7 items-center rounded-full border border-edge/60 bg-raised px-3 hover:bg-sunken"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex flex-col gap-10">
        {standardKinds.map(({ kind }) => (
          <StageArticle key={kind} name={kind} />
        ))}
      </div>
    </DocsPage>
  );
}
