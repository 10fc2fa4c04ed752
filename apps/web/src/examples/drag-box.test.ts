import { expect, it } from "vitest";
import { dragBox } from "./drag-box";

const near = (box: readonly number[]) => box.map((value) => expect.closeTo(value, 12));

it("moves a box with its size, and stops it at the frame", () => {
  expect(dragBox([0.5, 0.5, 0.2, 0.4], "whole", [0.1, -0.1])).toEqual(near([0.6, 0.4, 0.2, 0.4]));
  expect(dragBox([0.5, 0.5, 0.2, 0.4], "whole", [9, -9])).toEqual(near([0.9, 0.2, 0.2, 0.4]));
});

it("stretches a box at its corner and leaves the other corner where it is", () => {
  expect(dragBox([0.5, 0.5, 0.2, 0.2], "corner", [0.2, 0.1])).toEqual(near([0.6, 0.55, 0.4, 0.3]));
  const smallest = dragBox([0.5, 0.5, 0.2, 0.2], "corner", [-9, -9]);
  expect(smallest[2]).toBeGreaterThan(0);
  expect((smallest[0] ?? 0) - smallest[2] / 2).toBeCloseTo(0.4, 12);
  expect(dragBox([0.5, 0.5, 0.2, 0.2], "corner", [9, 9])).toEqual(near([0.7, 0.7, 0.6, 0.6]));
});
