import { expect, it } from "vitest";
import { partingOf } from "./parting";

const drive = (...xs: readonly number[]) => xs.map((x) => ({ scene: { centre: { x, y: 0, heading: 0 } } }));

it("finds the first moment at which two pipelines are in different places", () => {
  expect(partingOf(drive(0, 1, 2, 3), drive(0, 1, 3.5, 5))).toBe(2);
  expect(partingOf(drive(0, 1, 2), drive(0, 1.5, 2.5))).toBeUndefined();
});

it("takes the end of one for the parting, where nothing came before it", () => {
  expect(partingOf(drive(0, 1), drive(0, 1, 2))).toBe(2);
});
