import { randomUUID } from "node:crypto";

/**
 * JSON that is text already, on its way into one answer: megabytes that are stored as text are neither parsed nor written
 * again.
 */
export interface JsonTexts {
  /** What a procedure returns in place of the text's value. The text must be JSON of a T. */
  valueOf<T>(text: string): T;
  /** An answer in pieces, with every text where its value stands. */
  weave(answer: string): readonly string[];
}

/** No text that anybody sends can be one of our marks: nobody knows this. */
const MARK = `text-${randomUUID()}-`;
const PLACE = new RegExp(`"${MARK}(\\d{1,6})"`);

/** Makes the texts of one answer. */
export function createJsonTexts(): JsonTexts {
  const texts: string[] = [];
  return {
    valueOf: <T>(text: string): T => {
      const mark = `${MARK}${texts.push(text) - 1}`;
      // Whoever reads the answer finds a T there; until then nothing but JSON.stringify looks at it.
      return { toJSON: () => mark } as T;
    },
    weave: (answer) =>
      texts.length === 0
        ? [answer]
        : // Between the pieces come the numbers that the pattern has caught.
          answer.split(PLACE).map((piece, index) => (index % 2 === 0 ? piece : (texts[Number(piece)] ?? ""))),
  };
}
