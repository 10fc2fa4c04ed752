import { expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { field } from "./field";

describeStageKind(field, { params: { field: "photo" }, problem: kitchenSink });

const fields = (name: string) =>
  field.fields({ id: stageId("in"), params: { field: name }, problem: kitchenSink });

it("gives an input field's values", () => {
  expect(fields("photo")).toEqual({ value: { value: "photo" }, diagnostics: [] });
});

it("refuses labels, which are not known when the pipeline is used", () => {
  expect(fields("digits").diagnostics).toMatchObject([
    { code: "field-not-input", place: { path: ["field"] } },
  ]);
  expect(fields("y").diagnostics).toMatchObject([{ code: "field-not-input" }]);
});

it("suggests a name for one that isn't there", () => {
  expect(fields("foto")).toMatchObject({
    value: undefined,
    diagnostics: [
      { code: "unknown-field", fix: 'Use one of "photo", "sound", "reading", "extra" and "word".' },
    ],
  });
  expect(fields("phto").diagnostics[0]?.fix).toBe('Did you mean "photo"?');
  expect(fields("toString").diagnostics[0]?.code).toBe("unknown-field");
});
