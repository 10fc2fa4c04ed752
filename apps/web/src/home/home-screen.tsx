"use client";
import type { ProblemCard as ProblemCardFacts } from "@seams/api";
import { Banner, Button, Chip, EmptyState, Page, readFailure, Section, TextInput } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { useTRPC } from "../trpc";
import { filterCards, galleryParsers, LESSONS, ORIGINS } from "./card-filter";
import { ContinueStrip } from "./continue-strip";
import { Hero, type Racers } from "./hero";
import { ProblemCard } from "./problem-card";

interface HomeParts {
  readonly racers: Racers;
  /** The gallery's own cards: there without the API. */
  readonly seeds: readonly ProblemCardFacts[];
}

/** The first page: the race, what one left, and the problems. */
export function HomeScreen({ racers, seeds }: HomeParts) {
  const trpc = useTRPC();
  const [filter, setFilter] = useQueryStates(galleryParsers);
  const problems = useQuery(trpc.problems.list.queryOptions());
  const all = problems.data ?? seeds;
  const shown = filterCards(all, filter);
  const isFiltered = filter.lesson !== null || filter.origin !== null || filter.q !== "";
  const reset = (): void => void setFilter({ lesson: null, origin: null, q: null });
  return (
    <Page>
      <Crumbs items={[{ label: "Gallery" }]} />
      {problems.error === null ? null : (
        <Banner tone="warning" actions={<Button onClick={() => void problems.refetch()}>Try again</Button>}>
          {readFailure(problems.error).title} You can look at the gallery; running and your own problems need
          it.
        </Banner>
      )}
      <Hero {...racers} />
      <ContinueStrip />
      <Section
        title="Problems"
        help="Each comes with its data and with pipelines that cut it in different ways."
        actions={
          <Button asChild>
            <Link href={paths.importData()}>
              <Upload aria-hidden size={16} />
              Bring your own data
            </Link>
          </Button>
        }
      >
        <div className="flex flex-wrap items-center gap-2">
          <TextInput
            type="search"
            aria-label="Search problems"
            placeholder="Search problems"
            className="w-48"
            value={filter.q}
            onChange={(event) => void setFilter({ q: event.target.value === "" ? null : event.target.value })}
          />
          {LESSONS.filter((lesson) => all.some(({ lessons }) => lessons.includes(lesson))).map((lesson) => (
            <Chip
              key={lesson}
              pressed={filter.lesson === lesson}
              onPress={() => void setFilter({ lesson: filter.lesson === lesson ? null : lesson })}
            >
              {lesson}
            </Chip>
          ))}
          {ORIGINS.map((origin) => (
            <Chip
              key={origin}
              pressed={filter.origin === origin}
              onPress={() => void setFilter({ origin: filter.origin === origin ? null : origin })}
            >
              {origin}
            </Chip>
          ))}
        </div>
        {shown.length === 0 && isFiltered ? (
          <EmptyState title="No problem is like that" action={<Button onClick={reset}>Show all</Button>}>
            {filter.origin === "imported"
              ? "Nothing has been imported yet, or what was imported doesn't fit the other filters."
              : "Every problem fails one of the filters."}
          </EmptyState>
        ) : (
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {shown.map((card) => (
              <li key={card.id}>
                <ProblemCard card={card} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
