import { galleryProblems } from "@seams/problems";
import { HomeScreen } from "../home/home-screen";
import { RACE } from "../home/race";

/** The first page. The gallery's cards come with the page, so that it can be read while the API is away. */
export default function HomePage() {
  const problem = galleryProblems.find(({ id }) => id === RACE.problem);
  if (problem === undefined) throw new Error(`home: the gallery has no problem ${RACE.problem}`);
  const documents = problem.pipelines
    .filter(({ id }) => RACE.pipelines.some((racer) => racer === id))
    .map(({ document }) => document);
  const seeds = galleryProblems.map(({ card: { provenance: _, ...card } }) => ({
    ...card,
    source: "gallery" as const,
  }));
  return <HomeScreen racers={{ schema: problem.schema, documents }} seeds={seeds} />;
}
