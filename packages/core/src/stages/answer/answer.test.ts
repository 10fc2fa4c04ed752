import { expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { answer } from "./answer";

describeStageKind(answer, { params: { field: "y" }, problem: kitchenSink });

const answers = (name: string) =>
  answer.answers({ id: stageId("out"), params: { field: name }, problem: kitchenSink });

it("answers a target", () => {
  expect(answers("y")).toEqual({ value: { value: "y" }, diagnostics: [] });
});

it("refuses what is not asked", () => {
  expect(answers("digits").diagnostics).toMatchObject([
    { code: "field-not-target", place: { path: ["field"] } },
  ]);
  expect(answers("z").diagnostics).toMatchObject([{ code: "unknown-field", fix: 'Use one of "y".' }]);
});
