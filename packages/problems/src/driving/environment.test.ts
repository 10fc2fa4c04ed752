import { type Column, type Episodes, seed } from "@seams/core";
import { describe, expect, it } from "vitest";
import { drivingEnvironment, ROUTES } from "./environment";

const constant = (rows: number, value: number): Column => ({
  type: { is: "scalar" },
  rows,
  data: new Float32Array(rows).fill(value),
  present: new Uint8Array(rows).fill(1),
});

/** Drives every route to its end. */
function drive(episodes: Episodes, act: (episodes: Episodes) => Record<string, Column>) {
  while (episodes.running > 0) episodes.act(act(episodes));
  return episodes.outcomes();
}
const byExpert = (episodes: Episodes) => ({
  steering: episodes.field("steering"),
  throttle: episodes.field("throttle"),
});

describe("the environment of driving", () => {
  it.each(drivingEnvironment.conditions)("is mastered by the expert: $title", ({ id }) => {
    const outcomes = drive(drivingEnvironment.open(id), byExpert);
    expect(outcomes.length).toBe(ROUTES);
    expect(outcomes.filter(({ success }) => success).length).toBeGreaterThanOrEqual(0.98 * ROUTES);
  });

  it("gives the same episodes for the same answers, bit for bit, to the last pixel", () => {
    const run = (): unknown => {
      const episodes = drivingEnvironment.open("new-town");
      const seen: number[] = [];
      const outcomes = drive(episodes, () => {
        const camera = episodes.field("camera").data;
        seen.push(camera.reduce((sum, grey) => sum + grey, 0));
        const steering = constant(episodes.running, 0.2 * Math.sin(seen.length / 5));
        return { steering, throttle: constant(episodes.running, 0.1) };
      });
      return { seen, outcomes };
    };
    expect(run()).toEqual(run());
  });

  it("tells harm, time off the road and giving up apart from success", () => {
    const straightOn = drive(drivingEnvironment.open("training-town"), ({ running }) => ({
      steering: constant(running, 0),
      throttle: constant(running, 0),
    }));
    expect(straightOn.some(({ harm }) => harm)).toBe(true);
    expect(straightOn.some(({ violation }) => violation > 0.02)).toBe(true);
    expect(straightOn.every(({ harm, success }) => !(harm && success))).toBe(true);
    const standing = drive(drivingEnvironment.open("training-town"), ({ running }) => ({
      steering: constant(running, 0),
      throttle: constant(running, -1),
    }));
    expect(standing.every(({ success, completion, harm }) => !success && !harm && completion < 0.2)).toBe(
      true,
    );
  });

  it("gives other routes to practise on in each round and for each seed, the same ones when asked again", () => {
    const start = (episodes: Episodes | undefined): readonly number[] => [
      ...(episodes?.field("offset").data ?? []),
    ];
    const practice = (of: number, round: number) =>
      start(drivingEnvironment.practise?.({ seed: seed(of), round }));
    expect(practice(1, 1).length).toBe(ROUTES);
    expect(practice(1, 1)).toEqual(practice(1, 1));
    expect(practice(1, 2)).not.toEqual(practice(1, 1));
    expect(practice(2, 1)).not.toEqual(practice(1, 1));
    expect(start(drivingEnvironment.open("training-town"))).not.toEqual(practice(1, 1));
  });

  it("has an expert who gives every label, and nothing that is seen", () => {
    const episodes = drivingEnvironment.open("training-town");
    expect(drivingEnvironment.expert).toContain("steering");
    expect(drivingEnvironment.expert).not.toContain("camera");
    for (const field of drivingEnvironment.expert ?? []) expect(episodes.field(field).rows).toBe(ROUTES);
  });

  it("calls a wheel far from the expert's a mistake, and nothing else", () => {
    const episodes = drivingEnvironment.open("training-town");
    const wanted = episodes.field("steering");
    const turned = (by: number): Record<string, Column> => ({
      steering: { ...wanted, data: wanted.data.map((angle) => angle + by) },
    });
    expect(episodes.mistaken?.(turned(0.2))).toEqual(Array.from({ length: ROUTES }, () => false));
    expect(episodes.mistaken?.(turned(-0.3))).toEqual(Array.from({ length: ROUTES }, () => true));
    const moments = drivingEnvironment.mistakes?.horizons ?? [];
    expect(moments.length).toBeGreaterThanOrEqual(5);
    // By the last horizon the expert is still on its way almost everywhere: success doesn't cut mistakes short.
    for (let moment = 0; moment < (moments.at(-1) ?? 0); moment++) episodes.act(byExpert(episodes));
    expect(episodes.running).toBeGreaterThanOrEqual(0.9 * ROUTES);
  });

  it("takes a missing answer for none, and knows what it has", () => {
    const episodes = drivingEnvironment.open("training-town");
    episodes.act({});
    expect(episodes.running).toBe(ROUTES);
    expect(() => episodes.field("horn")).toThrow(/no field horn/);
    expect(() => drivingEnvironment.open("moon")).toThrow(/no condition moon/);
  });
});
