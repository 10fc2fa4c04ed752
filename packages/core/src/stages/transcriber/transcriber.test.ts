import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { compile } from "../../compile/compile";
import { stageId } from "../../ids";
import type { Shape } from "../../layers/layer";
import { networkShapes } from "../../layers/network";
import type { ProblemSchema } from "../../problem/document";
import { describeStageKind } from "../conformance";
import { standardStages } from "../index";
import { transcriber } from "./transcriber";

describeStageKind(transcriber, {
  params: { units: [3], label: "word" },
  problem: kitchenSink,
  shapes: { input: [8, 2] },
});

/** Twelve points of a pen, and what it wrote. */
const writing: ProblemSchema = {
  format: 1,
  name: "writing",
  title: "Writing",
  fields: {
    strokes: { type: { is: "sequence", of: { is: "vector", size: 2 }, maxLength: 12 }, price: 0 },
    word: { type: { is: "text", alphabet: ["a", "b", "c"], maxLength: 3 }, price: 1 },
  },
  input: ["strokes"],
  target: ["word"],
  metrics: [{ target: "word", metric: "edit-distance" }],
  split: { fractions: [0.8, 0.1, 0.1] },
};

const ask = (written: object, input: Shape) =>
  transcriber.network({
    id: stageId("write"),
    params: transcriber.params.parse({ label: "word", ...written }),
    problem: kitchenSink,
    inputs: { input },
    widths: { output: 5 },
  });

describe("a transcriber", () => {
  it("gives symbols and a blank at every step that its layers leave", () => {
    const { value } = ask({ units: [8, 6], kernelSize: 5, pool: 2, norm: "batch" }, [20, 3]);
    const shapes = networkShapes(value!);
    expect(shapes.is === "fits" && shapes.shapes).toEqual({
      "standardise.input": [20, 3],
      "conv.1": [20, 8],
      "conv-norm.1": [20, 8],
      "conv-relu.1": [20, 8],
      "pool.1": [10, 8],
      "conv.2": [10, 6],
      "conv-norm.2": [10, 6],
      "conv-relu.2": [10, 6],
      "pool.2": [5, 6],
      "head.output": [5, 5],
    });
  });

  it("reads images one after the other, and a signal in frames", () => {
    const images = networkShapes(ask({ by: "gru", units: [7] }, [6, 4, 2, 1]).value!);
    expect(images.is === "fits" && images.shapes["steps.input"]).toEqual([6, 8]);
    expect(images.is === "fits" && images.shapes["head.output"]).toEqual([6, 5]);
    const sound = networkShapes(ask({ frame: 10 }, [105]).value!);
    expect(sound.is === "fits" && sound.shapes["head.output"]).toEqual([10, 5]);
  });

  it("says that it needs a sequence", () => {
    expect(ask({}, [20]).diagnostics).toMatchObject([
      { code: "input-not-encodable", place: { at: "port", port: "input" } },
    ]);
  });
});

describe("a pipeline with a transcriber", () => {
  const document = (params: object, more: object = {}) => ({
    format: 1 as const,
    title: "Write",
    problem: writing.name,
    stages: {
      in: { kind: "field", params: { field: "strokes" } },
      write: { kind: "transcriber", params: { label: "word", ...params } },
      out: { kind: "answer", params: { field: "word" } },
    },
    links: [
      { from: "in.value", to: "write.input" },
      { from: "write.output", to: "out.value" },
    ],
    ...more,
  });
  const compiled = (params: object) =>
    compile(document(params), { problem: writing, stages: standardStages });

  it("learns a text by CTC, on as many slots as there are frames", () => {
    const { plan, diagnostics } = compiled({ pool: 2 });
    expect(diagnostics).toEqual([]);
    const [phase] = plan?.phases ?? [];
    if (phase?.do !== "train") throw new Error("nothing is trained");
    expect(phase.losses).toMatchObject([{ loss: "ctc", slots: 6, width: 4, target: "word" }]);
  });

  it("says where frames are too few for the longest text", () => {
    expect(compiled({ pool: 4 }).diagnostics).toMatchObject([
      {
        code: "frames-too-few",
        message: '"word" has up to 3 symbols, which need 5 frames; the network has 3.',
        place: { at: "port", stage: "write", port: "output" },
      },
    ]);
  });

  it("writes texts and sequences of classes, and no maps over elements", () => {
    expect(compiled({ label: "strokes" }).diagnostics).toMatchObject([{ code: "label-wrong-type" }]);
    expect(compiled({ each: true }).diagnostics.map(({ code }) => code)).toContain("label-wrong-type");
  });
});
