import { type Engine, memoryCache } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { testedForms } from "../support/tested";
import { pipeline } from "./pipelines";
import { resultOf, run } from "./run";
import { changeColumn, twoGlyphsData } from "./two-glyphs";

// The four laws of masks, on whole trials: compiled from a document, through early stopping, to the weights' hash.
const head = { label: "y" };
const two = (heads: object, more: object = {}): unknown =>
  pipeline(
    "Two heads",
    {
      trunk: { kind: "shared-trunk", params: { hidden: [12], steps: 60, batchSize: 16, heads, ...more } },
      out: { kind: "answer", params: { field: "y" } },
    },
    [
      ["in.value", "trunk.input"],
      ["trunk.y", "out.value"],
    ],
  );

/** Totals of every third record are unknown; `value` stands in their place. */
const gaps = (value: number) =>
  changeColumn(twoGlyphsData(), "total", ({ present, data }) => {
    for (let row = 0; row < present.length; row += 3) {
      present[row] = 0;
      data[row] = value;
    }
  });

describe.each(testedForms.filter(([, backend]) => backend !== "cpu"))(
  "masks in a trial of %s steps on %s",
  (form, backend) => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await createEngine({ backend, form });
    });

    /** The trunk stage's weights after training: their hash, and the arrays themselves. */
    async function weightsOf(document: unknown, data = twoGlyphsData()) {
      const cache = memoryCache();
      const result = resultOf(await run(engine, document, { cache, data }));
      const [key] = cache.keys();
      const artifact = key === undefined ? undefined : await cache.get(key);
      // Artifacts name a stage by its number, not by what its document calls it.
      const arrays = Object.entries(artifact?.state.arrays ?? {}).map(([name, { data: values }]) => [
        name.slice(name.indexOf("/") + 1),
        values,
      ]);
      const weights: Readonly<Record<string, Float32Array>> = Object.fromEntries(arrays);
      return { hash: result.stages["trunk"]?.weights, weights, result };
    }

    it("(i) a head whose labels are all masked keeps its first weights, bit for bit", async () => {
      // No glyph pair sums to less than 0: the mask lets nothing through, though every total is there.
      const masked = { y: head, total: { label: "total", mask: "total < 0" } };
      const once = await weightsOf(two(masked, { validation: 0, patience: 0, steps: 1 }));
      const often = await weightsOf(two(masked, { validation: 0, patience: 0, steps: 60 }));
      expect(often.weights["head.total/kernel"]).toEqual(once.weights["head.total/kernel"]);
      expect(often.weights["head.total/bias"]).toEqual(new Float32Array(1));
      expect(often.weights["head.y/kernel"]).not.toEqual(once.weights["head.y/kernel"]);
    });

    it("(ii) what stands in a masked label changes no weight", async () => {
      const document = two({ y: head, total: { label: "total" } });
      const zero = await weightsOf(document, gaps(0));
      for (const value of [1e9, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect((await weightsOf(document, gaps(value))).hash).toBe(zero.hash);
      }
    });

    it("(iii) a mask that lets everything through is no mask at all", async () => {
      const without = await weightsOf(two({ y: head, total: { label: "total" } }));
      const all = await weightsOf(
        two({ y: head, total: { label: "total", mask: "present(y) or total > 0" } }),
      );
      expect(Object.keys(all.weights)).toContain("head.total/kernel");
      expect(all.weights).toEqual(without.weights);
    });

    it("(iv) a record that lacks one label still trains the head whose label it has", async () => {
      const { result, hash } = await weightsOf(two({ y: head, total: { label: "total" } }), gaps(0));
      expect(result.labels).toMatchObject({ y: 60 });
      expect(result.labels["total"]).toBeLessThan(60);
      const complete = two({
        y: { label: "y", mask: "present(total)" },
        total: { label: "total", mask: "present(y)" },
      });
      expect((await weightsOf(complete, gaps(0))).hash).not.toBe(hash);
    });
  },
);
