"use client";
import type { GraphDocument, ProblemSchema } from "@seams/core";
import { PipelinePicture } from "../pipelines/pipeline-picture";
import { RACE } from "./race";
import { RaceButton } from "./race-button";

/** What the race is between. */
export interface Racers {
  readonly schema: ProblemSchema;
  readonly documents: readonly GraphDocument[];
}

/** The first page's one sentence and one button, and the two pipelines that race. */
export function Hero({ schema, documents }: Racers) {
  return (
    <section aria-label="What Seams does" className="grid items-center gap-8 lg:grid-cols-[1fr_28rem]">
      <div className="flex flex-col gap-5">
        <h1 className="max-w-prose text-lg font-semibold text-balance">
          Draw more than one way to cut a machine-learning problem into stages, train every cut on the same
          data, and see which one your data can afford.
        </h1>
        <RaceButton />
        <p className="max-w-prose text-sm text-quiet">
          Trains both pipelines on {RACE.budget} pairs of handwritten digits, from {RACE.seeds.length} seeds,
          here on this machine. What is the sum of two digits: one network for everything, or read each digit
          and add?
        </p>
      </div>
      <ul className="flex flex-col gap-3">
        {documents.map((document) => (
          <li key={document.title} className="rounded-lg border border-line bg-surface p-3 shadow-card">
            <p className="mb-2 text-sm font-medium">{document.title}</p>
            <PipelinePicture document={document} problem={schema} className="h-16" />
          </li>
        ))}
      </ul>
    </section>
  );
}
