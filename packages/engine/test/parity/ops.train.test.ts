import { beforeAll, describe, expect, it } from "vitest";
import { allCases } from "./cases";
import { slopesOf } from "./differences";
import { bothMachines, type Machines, outcomeOf, relativeError } from "./machines";
import { testedBackend } from "../support/tested";

const TOLERANCE = 1e-5;
/** Of the sum of what the inputs contribute: a kink of max-pooling may lie between the two points. */
const SLOPE_TOLERANCE = 0.02;
const cases = allCases();
let machines: Machines;
beforeAll(async () => {
  machines = await bothMachines();
});

describe(`${testedBackend} agrees with cpu, forward and gradient`, () => {
  it.each(cases.map((probe) => [probe.name, probe] as const))("%s", (_, probe) => {
    const reference = outcomeOf(machines.cpu, probe);
    const found = outcomeOf(machines.tested, probe);
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

describe("gradients on cpu are the slopes of the forward pass", () => {
  const differentiable = cases.filter((probe) => probe.differentiable !== false);
  it.each(differentiable.map((probe) => [probe.name, probe] as const))("%s", (_, probe) => {
    machines.cpu.use();
    for (const { measured, claimed, scale } of slopesOf(machines.cpu, probe)) {
      expect(Math.abs(measured - claimed)).toBeLessThanOrEqual(SLOPE_TOLERANCE * scale + 2e-4);
    }
  });
});
