import { contentHash, type ProblemSchema, seed, type TrainingPlan } from "@seams/core";
import type { Trial } from "@seams/core/train";
import { describe, expect, it } from "vitest";
import { trialQueue } from "./trial-queue";

/** A trial that trains phases of these signatures; the rest of it doesn't matter to a queue. */
function trial(name: string, signatures: readonly string[], budget = 32): Trial & { readonly name: string } {
  const phases = signatures.map((signature) => ({ do: "train", signature: contentHash(signature) }));
  const plan = { phases } as unknown as TrainingPlan; // only signatures are read
  return { name, plan, problem: {} as ProblemSchema, budget, seed: seed(1) };
}

describe("the queue of trials", () => {
  it("hands out what trains nothing that is in hand, before its turn", () => {
    const [a, shared, other] = [
      trial("a", ["read"]),
      trial("shared", ["read", "add"]),
      trial("other", ["see"]),
    ];
    const queue = trialQueue([a, shared, other]);
    expect(queue.next([])?.name).toBe("a");
    expect(queue.next([a])?.name).toBe("other");
    expect(queue.next([])?.name).toBe("shared");
    expect(queue.next([])).toBeUndefined();
  });

  it("hands out the first where all would wait", () => {
    const [a, b] = [trial("a", ["read"]), trial("b", ["read", "add"])];
    const queue = trialQueue([b]);
    expect(queue.next([a])?.name).toBe("b");
  });

  it("takes other budgets for other phases", () => {
    const [a, b] = [trial("a", ["read"], 32), trial("b", ["read"], 64)];
    const queue = trialQueue([b, trial("c", ["see"])]);
    expect(queue.next([a])?.name).toBe("b");
  });
});
