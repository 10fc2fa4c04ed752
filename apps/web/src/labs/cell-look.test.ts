import { describe, expect, it } from "vitest";
import { dotPlace, writeCell, writeCellEnds } from "./cell-look";

describe("a lab's cell", () => {
  it("writes shares in points and other scores in their unit, always with a sign", () => {
    expect(writeCell(0.061, true)).toBe("+6.1");
    expect(writeCell(-0.061, true)).toBe("−6.1");
    expect(writeCell(-1.234, false)).toBe("−1.2");
    expect(writeCellEnds({ low: -0.01, high: 0.12 }, true)).toBe("−1.0 to +12.0");
    expect(writeCellEnds({}, true)).toBe("no interval");
  });

  it("places every seed on one scale, which holds 0", () => {
    const cells = [{ gains: [{ seed: 1, gain: 0.2 }] }, { gains: [{ seed: 1, gain: 0.4 }] }];
    expect(dotPlace(0, cells)).toBe(0);
    expect(dotPlace(0.4, cells)).toBe(1);
    expect(dotPlace(0.2, cells)).toBeCloseTo(0.5, 12);
    expect(dotPlace(0, [{ gains: [] }])).toBe(0.5);
  });
});
