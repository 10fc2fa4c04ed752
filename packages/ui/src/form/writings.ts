import type { Writing } from "./draft-input";

const numberIn = (text: string, whole: boolean): number | undefined => {
  const value = Number(text.trim().replace("−", "-"));
  return text.trim() === "" || !Number.isFinite(value) || (whole && !Number.isInteger(value))
    ? undefined
    : value;
};

const numberWriting = (whole: boolean): Writing<number> => ({
  show: (value) => (value === undefined ? "" : String(value)),
  parse: (text) => {
    if (text.trim() === "") return { value: undefined };
    const value = numberIn(text, whole);
    return value === undefined
      ? { reason: whole ? "Write a whole number." : "Write a number, for example 0.001." }
      : { value };
  },
});

const numbersWriting = (whole: boolean): Writing<readonly number[]> => ({
  show: (value) => (Array.isArray(value) ? value.join(", ") : ""),
  parse: (text) => {
    const values = parts(text).map((part) => numberIn(part, whole));
    const known = values.filter((value) => value !== undefined);
    return known.length < values.length
      ? {
          reason: whole
            ? "Write whole numbers with commas between, for example 32, 16."
            : "Write numbers with commas between, for example 0.5, 1.",
        }
      : { value: known };
  },
});

const parts = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== "");

/** How numbers, lists and texts are written; constants, so that a draft is not read anew at each render. */
export const WRITINGS = {
  number: numberWriting(false),
  whole: numberWriting(true),
  numbers: numbersWriting(false),
  wholes: numbersWriting(true),
  words: {
    show: (value) => (Array.isArray(value) ? value.join(", ") : ""),
    parse: (text) => ({ value: parts(text) }),
  } satisfies Writing<readonly string[]>,
  text: {
    show: (value) => value ?? "",
    parse: (text) => ({ value: text === "" ? undefined : text }),
  } satisfies Writing<string>,
  json: {
    show: (value) => (value === undefined ? "" : JSON.stringify(value)),
    parse: (text) => {
      if (text.trim() === "") return { value: undefined };
      try {
        const value: unknown = JSON.parse(text);
        return { value };
      } catch {
        return { reason: "Write JSON." }; // the text is not finished
      }
    },
  } satisfies Writing<unknown>,
} as const;
