import { describe, expect, it } from "vitest";
import type { Column } from "../../data/column";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { detectionPrecision, tellsWhereBoxesAre } from "./detection";
import { metrics } from "./index";

/** Three places a record; a thing has a box of width and height .2 at `x`. */
interface Place {
  readonly surely: number;
  readonly x?: number;
}

const boxes = (places: readonly Place[]): Column => ({
  type: { is: "sequence", of: { is: "box" }, maxLength: 3 },
  rows: places.length / 3,
  data: Float32Array.from(places.flatMap(({ x }) => (x === undefined ? [0, 0, 0, 0] : [x, 0.5, 0.2, 0.2]))),
  present: Uint8Array.from(places, ({ x }) => (x === undefined ? 0 : 1)),
  lengths: new Int32Array(places.length / 3).fill(3),
});
const exists = (places: readonly Place[], known = places.map(() => 1)): Column => ({
  type: { is: "sequence", of: { is: "label", classes: ["nothing", "thing"] }, maxLength: 3 },
  rows: places.length / 3,
  data: Float32Array.from(places, ({ surely }) => Number(surely >= 0.5)),
  present: Uint8Array.from(known),
  lengths: new Int32Array(places.length / 3).fill(3),
  scores: Float32Array.from(places.flatMap(({ surely }) => [1 - surely, surely])),
});
const both = (places: readonly Place[]) => ({ boxes: boxes(places), exists: exists(places) });

const truth = both([{ surely: 1, x: 0.3 }, { surely: 1, x: 0.5 }, { surely: 0 }]);

describe("average precision of boxes at an IoU of .5", () => {
  it("goes down the places by how surely they hold a thing", () => {
    // Ranked: met (1/1), nothing there, met (2/3): (1 + 2/3)/2.
    const predicted = both([
      { surely: 0.9, x: 0.3 },
      { surely: 0.4, x: 0.52 },
      { surely: 0.6, x: 0.8 },
    ]);
    expect(detectionPrecision(truth, predicted)).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  it("counts a thing whose box is missed as not found, however sure the detector is", () => {
    const predicted = both([{ surely: 0.9, x: 0.6 }, { surely: 0.8, x: 0.5 }, { surely: 0.1 }]);
    // Second of two: precision 1/2, recall 1/2.
    expect(detectionPrecision(truth, predicted)).toBeCloseTo(1 / 4, 12);
  });

  it("is 1 for the truth, and leaves places out whose truth is unknown", () => {
    expect(detectionPrecision(truth, truth)).toBe(1);
    const partly = { ...truth, exists: { ...truth.exists, present: Uint8Array.of(1, 0, 1) } };
    const predicted = both([{ surely: 0.6, x: 0.3 }, { surely: 0.9, x: 0.9 }, { surely: 0.1 }]);
    expect(detectionPrecision(partly, predicted)).toBe(1);
    expect(
      detectionPrecision(both([{ surely: 0 }, { surely: 0 }, { surely: 0 }]), predicted),
    ).toBeUndefined();
  });

  it("is the average precision of existence where every box meets", () => {
    const random = stream(seed(6), "detections");
    const places = Array.from({ length: 300 }, () => {
      const surely = random.uniform();
      return { surely, holds: random.uniform() < surely };
    });
    const real = both(places.map(({ holds }) => (holds ? { surely: 1, x: 0.5 } : { surely: 0 })));
    const predicted = both(places.map(({ surely }) => ({ surely, x: 0.5 })));
    const flag = (column: Column): Column => ({
      ...column,
      type: { is: "flags", names: ["thing"] },
      rows: 300,
      ...(column.scores === undefined ? {} : { scores: column.scores.filter((_, k) => k % 2 === 1) }),
    });
    const { scores: _, ...answer } = flag(real.exists);
    expect(detectionPrecision(real, predicted)).toBeCloseTo(
      metrics.map.score(answer, flag(predicted.exists)) ?? -1,
      12,
    );
  });

  it("is asked of outputs that say where boxes are, and of no other", () => {
    expect(tellsWhereBoxesAre(truth.exists, truth.boxes)).toBe(true);
    expect(tellsWhereBoxesAre(truth.boxes, truth.boxes)).toBe(false);
    const other = exists([{ surely: 1 }, { surely: 0 }, { surely: 1 }]);
    expect(tellsWhereBoxesAre(other, truth.boxes)).toBe(false);
    expect(tellsWhereBoxesAre({ ...other, present: Uint8Array.of(1, 0, 0) }, truth.boxes)).toBe(true);
  });
});
