"use client";
import { Button, ErrorState } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { RACE } from "./race";

/** Starts the race and goes where one can watch it. Pressing again after a broken connection starts no second one. */
export function RaceButton() {
  const trpc = useTRPC();
  const router = useRouter();
  const [key, setKey] = useState("");
  const start = useMutation(
    trpc.experiments.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.comparison(id)) }),
  );
  const run = (): void => {
    const idempotency = key === "" ? crypto.randomUUID() : key;
    setKey(idempotency);
    start.mutate({
      problem: RACE.problem,
      pipelines: RACE.pipelines.map((id) => ({ id })),
      budgets: [RACE.budget],
      seeds: [...RACE.seeds],
      key: idempotency,
    });
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <Button
        tone="primary"
        className="h-10 px-4"
        icon={<Play aria-hidden size={16} />}
        busy={start.isPending || start.isSuccess}
        onClick={run}
      >
        Run the 20-second race
      </Button>
      {start.error === null ? null : <ErrorState error={start.error} onRetry={run} />}
    </div>
  );
}
