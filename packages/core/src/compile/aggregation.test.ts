import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../test/support/problems";
import type { GraphDocument, LinkMode } from "../graph/document";
import type { ProblemSchema } from "../problem/document";
import { compile } from "./compile";
import type { TrainPhase } from "./plan";
import { printPlan } from "./print-plan";
import { verifyPlan } from "./verify";

const words = {
  "closed-loop-success": "s",
  "closed-loop-composite": "",
  "closed-loop-completion": "c",
  "closed-loop-harm": "h",
  "closed-loop-violation": "v",
  "closed-loop-roughness": "r",
};
/** The kitchen sink as a world whose expert gives these labels. */
const worldWith = (...expert: readonly string[]): ProblemSchema => ({
  ...kitchenSink,
  environment: { version: "7", conditions: [{ id: "day", title: "By day" }], words, expert },
});

const net = (params: object) => ({ kind: "dense-net", params: { hidden: [4], ...params } });

/** reading → digit → y. */
const chain = (read: object, decide: object, mode?: LinkMode): GraphDocument => ({
  format: 1,
  title: "T",
  problem: kitchenSink.name,
  stages: {
    x: { kind: "field", params: { field: "reading" } },
    read: net({ label: "digit", ...read }),
    decide: net({ label: "y", ...decide }),
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "x.value", to: "read.input" },
    { from: "read.output", to: "decide.input", ...(mode === undefined ? {} : { mode }) },
    { from: "decide.output", to: "out.value" },
  ],
});

const twice = { aggregate: { rounds: 2, share: 0.5 } };

const codes = (document: GraphDocument, problem: ProblemSchema): string[] =>
  compile(document, { problem }).diagnostics.map(({ code }) => code);

function trainingOf(document: GraphDocument): readonly TrainPhase[] {
  const { plan } = compile(document, { problem: worldWith("digit", "y") });
  if (plan === undefined) throw new Error("no plan");
  expect(verifyPlan(plan)).toEqual([]);
  return plan.phases.filter((phase): phase is TrainPhase => phase.do === "train");
}

describe("dataset aggregation in a plan", () => {
  it("trains again after each round, on the moments of all rounds before, while the rest is trained once", () => {
    const phases = trainingOf(chain({}, twice));
    expect(phases.map(({ id }) => id)).toEqual([
      "train read",
      "train decide",
      "train decide, round 1",
      "train decide, round 2",
    ]);
    expect(phases.map(({ gatherings = [] }) => gatherings.map(({ round }) => round))).toEqual([
      [],
      [],
      [1],
      [1, 2],
    ]);
    expect(phases[3]?.after).toEqual(["train read", "train decide, round 1"]);
    expect(phases[3]?.gatherings?.[0]).toMatchObject({
      environment: "7",
      share: 0.5,
      sees: [],
      asks: ["digit", "y"],
    });
  });

  it("lets each round act with what the round before has trained", () => {
    const gathering = trainingOf(chain({}, twice))[3]?.gatherings?.[1];
    expect(gathering?.answers).toMatchObject([
      { target: "y", source: { is: "predicted", phase: "train decide, round 1" } },
    ]);
  });

  it("trains the first round as if nothing were gathered, so that it is shared", () => {
    const [, plain] = trainingOf(chain({}, {}));
    const [, first, second] = trainingOf(chain({}, twice));
    expect(first?.signature).toBe(plain?.signature);
    expect(second?.signature).not.toBe(plain?.signature);
  });

  it("counts weights that are trained anew once, and says in words who is asked for what", () => {
    const problem = worldWith("digit", "y");
    const [plain, asking] = [chain({}, {}), chain({}, twice)].map((one) => compile(one, { problem }).plan);
    expect(asking?.cost.trainableWeights).toBe(plain?.cost.trainableWeights);
    expect(printPlan(asking!)).toMatch(
      /train decide again.*\n +gathers +round 2: .* acts in practice episodes\n +asks +the expert for digit, y, at moments that come to 50 % of the budget and on top of it, beside those of round 1/,
    );
  });

  it("refuses where nobody can be asked, or not for that", () => {
    expect(codes(chain({}, twice), kitchenSink)).toEqual(["no-expert"]);
    expect(codes(chain({}, twice), worldWith("digit"))).toEqual(["no-expert"]);
    expect(codes(chain({}, twice), worldWith("digit", "y"))).toEqual([]);
  });

  it("refuses stages that gather in different ways, and cross-fitted links", () => {
    const once = { aggregate: { rounds: 1, share: 0.5 } };
    expect(codes(chain(once, twice), worldWith("digit", "y"))).toEqual(["aggregation-differs"]);
    expect(codes(chain({}, twice, "cross-fitted"), worldWith("digit", "y"))).toEqual([
      "aggregation-cross-fitted",
    ]);
  });
});
