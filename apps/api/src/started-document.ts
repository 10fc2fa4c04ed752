import type { GraphDocument } from "@seams/core";
import { startingFrom } from "@seams/core/labs";
import type { readTrial } from "@seams/db";

type StoredTrial = NonNullable<Awaited<ReturnType<typeof readTrial>>>;

/** The document; where its trial started from a donor, with the artifact that the donor left, so that it can be used. */
export function startedDocument({
  trial,
  snapshot: { document },
  experiment: { lab },
}: StoredTrial): GraphDocument {
  const donor = lab?.plan.variants.find(({ id }) => id === trial.pipeline)?.donor;
  if (donor === undefined) return document;
  const artifact = trial.result?.stages[donor.stage]?.startedFrom?.artifact;
  return artifact === undefined ? document : startingFrom(document, donor.stage, artifact);
}
