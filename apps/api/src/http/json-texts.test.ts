import { expect, it } from "vitest";
import { createJsonTexts } from "./json-texts";

it("puts texts where their values stand, as they are", () => {
  const texts = createJsonTexts();
  const answer = {
    before: "text-0",
    numbers: texts.valueOf<number[]>("[1, 2]"),
    inner: [{ word: texts.valueOf<string>('"$& \\" }"') }],
  };
  const woven = texts.weave(JSON.stringify(answer)).join("");
  expect(woven).toBe('{"before":"text-0","numbers":[1, 2],"inner":[{"word":"$& \\" }"}]}');
});

it("leaves an answer without texts as it is", () => {
  expect(createJsonTexts().weave('{"a":1}')).toEqual(['{"a":1}']);
});
