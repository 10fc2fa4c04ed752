import { describe, expect, it } from "vitest";
import type { ValueSource } from "../compile/plan";
import { stageId } from "../ids";
import { createSourceKeys } from "./source-keys";

const field: ValueSource = { is: "field", field: "x" };
const plan = (port: string, params: unknown = {}): ValueSource => ({
  is: "computed",
  stage: stageId("plan"),
  kind: "lattice-planner",
  params,
  each: false,
  port,
  type: { is: "scalar" },
  inputs: { x: field },
});
const follow = (...from: readonly ValueSource[]): ValueSource => ({
  is: "computed",
  stage: stageId("follow"),
  kind: "path-follower",
  params: {},
  each: false,
  port: "output",
  type: { is: "scalar" },
  inputs: Object.fromEntries(from.map((source, k) => [`in-${k}`, source])),
});

describe("source keys", () => {
  it("are equal for equal trees, and differ by port, params and inputs", () => {
    const keys = createSourceKeys();
    expect(keys.of(plan("path"))).toBe(keys.of(plan("path")));
    expect(keys.of(plan("path"))).not.toBe(keys.of(plan("pace")));
    expect(keys.of(plan("path"))).not.toBe(keys.of(plan("path", { step: 1 })));
    expect(keys.of(follow(plan("path")))).not.toBe(keys.of(follow(plan("pace"))));
  });

  it("find the other outputs of the same run among all that is known", () => {
    const keys = createSourceKeys();
    const path = plan("path");
    expect(keys.siblings(path)).toEqual([path]);
    keys.of(follow(plan("pace"), plan("path"), plan("pace", { step: 1 })));
    expect(keys.siblings(path)).toEqual([path, plan("pace")]);
    expect(keys.runOf(plan("pace"))).toBe(keys.runOf(path));
    expect(keys.runOf(plan("pace", { step: 1 }))).not.toBe(keys.runOf(path));
    expect(keys.siblings(field)).toEqual([field]);
  });
});
