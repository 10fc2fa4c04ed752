"use client";
import type { ProblemCard as ProblemCardFacts } from "@seams/api";
import { Badge, Card } from "@seams/ui";
import Link from "next/link";
import { paths } from "../paths";
import { originOf } from "./card-filter";

const ORIGIN_WORDS = { real: "real data", synthetic: "synthetic data", imported: "imported" } as const;

/** One problem of the gallery; the whole card is its link. */
export function ProblemCard({ card }: { readonly card: ProblemCardFacts }) {
  const { id, title, summary, lessons, rows, pipelines, input, target, intermediate } = card;
  return (
    <Card className="relative flex h-full flex-col gap-3 p-4 transition-colors hover:border-edge has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-accent">
      <div className="flex items-start justify-between gap-3">
        <h3 className="font-semibold text-balance">
          <Link
            href={paths.problem(id)}
            className="outline-none after:absolute after:inset-0 after:content-['']"
          >
            {title}
          </Link>
        </h3>
        <Badge tone={originOf(card) === "imported" ? "accent" : "neutral"}>
          {ORIGIN_WORDS[originOf(card)]}
        </Badge>
      </div>
      <p className="text-sm">
        {fieldWords(input)}{" "}
        <span aria-label="to" role="img" className="text-quiet">
          →
        </span>{" "}
        {fieldWords(target)}
        {intermediate.length === 0 ? null : (
          <span className="text-quiet">, with {fieldWords(intermediate)} between</span>
        )}
      </p>
      <p className="text-sm text-quiet">{summary}</p>
      <div className="mt-auto flex flex-wrap items-center justify-between gap-2 pt-1 text-sm text-quiet">
        <span>
          {(rows.train + rows.validation + rows.test).toLocaleString("en")} records
          {pipelines === 0 ? null : `, ${pipelines} pipelines`}
        </span>
        <span className="flex flex-wrap gap-1">
          {lessons.map((lesson) => (
            <Badge key={lesson}>{lesson}</Badge>
          ))}
        </span>
      </div>
    </Card>
  );
}

const MOST_FIELDS = 2;

/** "image 28×56×1", or "label of 2 and 5 more". */
function fieldWords(fields: ProblemCardFacts["input"]): string {
  const shown = fields.slice(0, MOST_FIELDS).map(({ words }) => words);
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
