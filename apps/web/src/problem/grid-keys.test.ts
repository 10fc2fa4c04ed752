import { describe, expect, it } from "vitest";
import { columnsFor, nextCell, rowsOf } from "./grid-keys";

const size = { count: 7, columns: 3 };

describe("a grid by keyboard", () => {
  it("moves by one to the sides, and by a row up and down", () => {
    expect(nextCell(1, "ArrowRight", size)).toBe(2);
    expect(nextCell(1, "ArrowLeft", size)).toBe(0);
    expect(nextCell(1, "ArrowDown", size)).toBe(4);
    expect(nextCell(4, "ArrowUp", size)).toBe(1);
  });

  it("goes to a row's ends, also of the last, shorter row", () => {
    expect(nextCell(4, "Home", size)).toBe(3);
    expect(nextCell(4, "End", size)).toBe(5);
    expect(nextCell(6, "End", size)).toBe(6);
  });

  it("stays where there is nothing further", () => {
    expect(nextCell(0, "ArrowLeft", size)).toBe(0);
    expect(nextCell(0, "ArrowUp", size)).toBe(0);
    expect(nextCell(5, "ArrowDown", size)).toBe(5);
    expect(nextCell(6, "ArrowRight", size)).toBe(6);
  });

  it("leaves other keys to others", () => {
    expect(nextCell(0, "a", size)).toBeUndefined();
    expect(nextCell(0, "constructor", size)).toBeUndefined();
  });

  it("has as many columns as fit, and at least one", () => {
    expect(columnsFor(500, 160, 10)).toBe(3);
    expect(columnsFor(20, 160, 10)).toBe(1);
    expect(rowsOf([1, 2, 3, 4], 3)).toEqual([[1, 2, 3], [4]]);
  });
});
