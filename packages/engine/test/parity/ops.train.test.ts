import { beforeAll, describe, expect, it } from "vitest";
import { allCases } from "./cases";
import { bothMachines, outcomeOf, relativeError } from "./machines";
import type { Machine } from "../../src/machine";

const TOLERANCE = 1e-5;
let machines: { readonly wasm: Machine; readonly cpu: Machine };
beforeAll(async () => {
  machines = await bothMachines();
});

describe("wasm agrees with cpu, forward and gradient", () => {
  const cases = allCases();
  it.each(cases.map((probe) => [probe.name, probe] as const))("%s", (_, probe) => {
    const reference = outcomeOf(machines.cpu, probe);
    const found = outcomeOf(machines.wasm, probe);
    expect(found.shape).toEqual(reference.shape);
    expect(relativeError(found.output, reference.output)).toBeLessThanOrEqual(TOLERANCE);
    for (const [index, gradient] of reference.gradients.entries()) {
      expect(relativeError(found.gradients[index]!, gradient)).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it("covers at least 200 cases, each named once", () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});
