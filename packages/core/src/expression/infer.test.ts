import { describe, expect, it } from "vitest";
import { everyType } from "../../test/support/problems";
import { expressionType, inferExpression } from "./infer";
import { parseExpression } from "./parse";

function infer(text: string) {
  const { expression, problem } = parseExpression(text);
  if (expression === undefined) throw new Error(problem?.problem);
  return inferExpression(expression, (name) => {
    const type = everyType[name];
    return type === undefined ? undefined : expressionType(type);
  });
}

describe("the type of an expression", () => {
  it.each([
    ["sum(digits) mod 4", "number"],
    ["digit + extra", "number"],
    ["digits[1] == 3 and extra > .67", "boolean"],
    ["animal", "text"],
    ["grade", "mixed"],
    ['grade == "other" or grade == 1', "boolean"],
    ["if(present(photo), place[2] * place[3], 0)", "number"],
    ["count(digits)", "number"],
    ["reading", "list"],
    ["nowhere + 1", "number"],
    ["nowhere", "unknown"],
  ])("of %s is %s", (text, is) => {
    expect(infer(text)).toMatchObject({ type: { is }, problems: [] });
  });

  it("knows the texts that can come out", () => {
    expect(infer('if(extra > 1, "many", if(extra > 0, "few", "many"))').type).toEqual({
      is: "text",
      values: ["many", "few"],
    });
  });

  it.each([
    ["1 + animal", 4, "a number", "a text"],
    ["extra and 1 == 1", 0, "true or false", "a number"],
    ["photo + 1", 0, "a number", "image 4×6×1"],
    ["reading == 1", 0, "a number or text to compare", "a list of 3"],
    ['digit == "1"', 9, "a number", "a text"],
    ['animal == "cow"', 10, 'one of "cat" and "dog"', '"cow"'],
    ["digits[2]", 7, "an index from 0 to 1", "2"],
    ["extra[0]", 0, "a list before [", "a number"],
    ["sum(word)", 4, "a number", "a text"],
    ["grade + 1", 0, "a number", "a label whose classes are numbers and texts"],
    ["if(extra > 1, 1, animal)", 17, "a number, as in the other branch", "a text"],
  ])("complains once about %s", (text, at, expected, seen) => {
    expect(infer(text).problems).toEqual([{ at, expected, seen }]);
  });
});
