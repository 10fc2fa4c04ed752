import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { anchors } from "../../../scripts/anchors/anchors";

const home = mkdtempSync(join(tmpdir(), "seams-anchors-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** `npm run reproduce` has all of them in full; real digits take too long for a test. */
const small = anchors.filter(({ id }) => id.length === 1);

describe("anchors, at reduced size with 5 seeds", () => {
  it.each(small.map((anchor) => ({ id: anchor.id, title: anchor.title, anchor })))(
    "$id: $title",
    async ({ anchor }) => {
      const lab = { home, seeds: [1, 2, 3, 4, 5], say: () => undefined };
      const { checks } = await anchor.run(lab, "reduced");
      expect(checks.filter(({ holds }) => !holds).map(({ says }) => says)).toEqual([]);
      expect(checks.length).toBeGreaterThan(0);
    },
    180_000,
  );
});
