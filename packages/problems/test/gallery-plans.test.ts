import { readGolden } from "@seams/core/golden";
import { describe, expect, it } from "vitest";
import { galleryPlans } from "./support/gallery-plans";

describe.each(galleryPlans())("$id", ({ folder, files }) => {
  it("compiles without a word, to the plan that is kept (npm run samples:update)", () => {
    expect(files["diagnostics.json"]).toBeUndefined();
    expect(readGolden(folder)).toEqual(files);
  });
});
