import { standardStages, valuesPerRecord } from "@seams/core";
import { describe, expect, it } from "vitest";
import { thingsInSight } from "./camera";
import { DEMONSTRATIONS, MOMENTS, recordDemonstrations } from "./demonstrations";
import { askExpert, DRIVING_STAGES } from "./expert";
import { IMAGE_PX, TILES } from "./fields";
import { type Eye, eyeOn, takeIn } from "./moment";
import { makeRoute, NEW_TOWN, NEW_WEATHER, type Town, TRAINING_TOWN } from "./route";

const eyesIn = (town: Town, count: number): readonly Eye[] =>
  Array.from({ length: count }, (_, number) => {
    const start = { d: 0.5, heading: 0.05, slow: 1 };
    const route = makeRoute(town, { purpose: "test", number, lengthM: 150, start });
    return eyeOn(route, 600);
  });

describe("the expert", () => {
  it.each([TRAINING_TOWN, NEW_TOWN])("arrives on 98 of 100 routes: $title", (town) => {
    const eyes = eyesIn(town, 100);
    for (;;) {
      const live = eyes.filter(({ drive }) => drive.end === undefined);
      if (live.length === 0) break;
      const moment = takeIn(live);
      const [steering, throttle] = [moment.field("steering"), moment.field("throttle")];
      live.forEach(({ drive }, k) => {
        drive.step(steering.data[k]!, throttle.data[k]!);
      });
    }
    expect(eyes.filter(({ drive }) => drive.end === "arrived").length).toBeGreaterThanOrEqual(98);
  });
});

describe("the camera", () => {
  const eyes = eyesIn(TRAINING_TOWN, 40);
  for (let k = 0; k < 15; k++) for (const { drive } of eyes) drive.step(0, 0);
  const moment = takeIn(eyes);

  it("labels things where they stand: the ground plane finds them again", () => {
    const kind = standardStages.get("ground-plane");
    if (kind?.role !== "algorithm") throw new Error("no ground plane");
    const [exists, boxes, what] = [moment.field("exists"), moment.field("boxes"), moment.field("what")];
    const output = { is: "sequence", of: { is: "vector", size: 4 }, maxLength: TILES } as const;
    const located = kind.run({
      params: kind.params.parse(DRIVING_STAGES.locate.params),
      inputs: { exists, boxes, what },
      outputs: { output },
    })["output"]!;
    let found = 0;
    eyes.forEach(({ drive }, row) => {
      const seen = thingsInSight(drive).map(({ distance }) => distance);
      for (let k = 0; k < (located.lengths?.[row] ?? 0); k++) {
        const [ahead = 0, left = 0] = located.data.subarray((row * TILES + k) * 4, (row * TILES + k) * 4 + 2);
        const distance = Math.hypot(ahead, left);
        expect(Math.min(...seen.map((one) => Math.abs(one - distance)))).toBeLessThan(0.01);
        found++;
      }
    });
    expect(found).toBeGreaterThan(20);
  });

  it("shows barriers dark and carts light where their boxes are", () => {
    const [camera, exists, boxes, what] = (["camera", "exists", "boxes", "what"] as const).map((name) =>
      moment.field(name),
    );
    const greys: [number[], number[]] = [[], []];
    for (let tile = 0; tile < eyes.length * TILES; tile++) {
      if (exists!.data[tile] !== 1) continue;
      const [x = 0, y = 0, width = 0] = boxes!.data.subarray(4 * tile, 4 * tile + 3);
      if (width < 0.15) continue; // two columns wide: its middle covers most of a pixel
      const column = Math.floor((tile % TILES) * 4 - 4 + 12 * x);
      const pixel = Math.floor(y * IMAGE_PX) * IMAGE_PX + column;
      greys[what!.data[tile] as 0 | 1].push(camera!.data[Math.floor(tile / TILES) * IMAGE_PX ** 2 + pixel]!);
    }
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(greys[0])).toBeLessThan(0.3);
    expect(mean(greys[1])).toBeGreaterThan(0.6);
  });

  it("is darker and noisier in new weather, on the same roads", () => {
    const [clear, rain] = [TRAINING_TOWN, NEW_WEATHER].map((town) =>
      takeIn(eyesIn(town, 20)).field("camera"),
    );
    const mean = (data: Float32Array): number => data.reduce((sum, grey) => sum + grey, 0) / data.length;
    /** Between neighbours in a row, of which most show the same thing. */
    const unrest = (data: Float32Array): number =>
      mean(data.map((grey, k) => (k === 0 ? 0 : Math.abs(grey - data[k - 1]!))));
    expect(mean(rain!.data)).toBeLessThan(0.8 * mean(clear!.data));
    expect(unrest(rain!.data)).toBeGreaterThan(1.5 * unrest(clear!.data));
  });
});

describe("the range sensor", () => {
  const eyes = eyesIn(NEW_WEATHER, 40);
  for (let k = 0; k < 15; k++) for (const { drive } of eyes) drive.step(0, 0);
  const ranges = takeIn(eyes).field("ranges");

  it("finds the things in sight where they stand, whatever the weather", () => {
    const kind = standardStages.get("range-scan");
    if (kind?.role !== "algorithm") throw new Error("no range scan");
    const output = { is: "sequence", of: { is: "vector", size: 4 }, maxLength: TILES } as const;
    const params = kind.params.parse(DRIVING_STAGES.scan.params);
    const listed = kind.run({ params, inputs: { ranges }, outputs: { output } })["output"]!;
    const misses = eyes.flatMap(({ drive }, row) => {
      // One alone, well inside the view: things that hide each other are another matter.
      const [seen, ...others] = thingsInSight(drive).filter(({ distance }) => distance < 20);
      if (seen === undefined || others.length > 0 || seen.left < 2 || seen.right > IMAGE_PX - 2) return [];
      expect(listed.lengths?.[row]).toBe(1);
      const [ahead = 0, left = 0] = listed.data.subarray(row * TILES * 4, row * TILES * 4 + 2);
      return [Math.hypot(ahead - seen.ahead, left - seen.leftM)];
    });
    expect(misses.length).toBeGreaterThan(10);
    expect(misses.reduce((sum, miss) => sum + miss, 0) / misses.length).toBeLessThan(0.5);
  });

  it("measures the same whether or not the camera is asked", () => {
    const [alone, beside] = [takeIn(eyesIn(TRAINING_TOWN, 5)), takeIn(eyesIn(TRAINING_TOWN, 5))];
    beside.field("camera");
    expect(alone.field("ranges").data).toEqual(beside.field("ranges").data);
  });
});

describe("demonstrations", () => {
  const { rows, columns, split, groups } = recordDemonstrations();

  it("are whole drives, each on one side of the split", () => {
    expect(rows).toBe(DEMONSTRATIONS.train + DEMONSTRATIONS.validation + DEMONSTRATIONS.test);
    const sides = new Map<number, Set<string>>();
    groups?.forEach((group, row) => sides.set(group, (sides.get(group) ?? new Set()).add(split[row]!)));
    expect(sides.size).toBe(rows / MOMENTS);
    expect([...sides.values()].every((seen) => seen.size === 1)).toBe(true);
  });

  it("show no image twice", () => {
    const pixels = valuesPerRecord(columns["camera"]!.type);
    const images = new Set(
      Array.from({ length: rows }, (_, row) =>
        Buffer.from(columns["camera"]!.data.slice(row * pixels, (row + 1) * pixels).buffer).toString(
          "latin1",
        ),
      ),
    );
    expect(images.size).toBe(rows);
  });

  it("hold what the expert does with the labels beside them", () => {
    const commands = askExpert(columns);
    for (const name of ["path", "pace", "steering", "throttle"]) {
      expect(commands[name]?.data, name).toEqual(columns[name]!.data);
    }
  });
});
