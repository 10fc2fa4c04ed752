import type { Diagnostic } from "@seams/core";

/** An error in words for a person. */
export interface Failure {
  readonly title: string;
  readonly todo: string;
  readonly diagnostics: readonly Diagnostic[];
  /** HTTP status, where there was an answer. */
  readonly status?: number;
}

/** Reads whatever a query threw: an answer of the API with its diagnostics, or no answer at all. */
export function readFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const data = property(error, "data");
  const diagnostics = listOf(property(data, "diagnostics"));
  const status = property(data, "httpStatus");
  if (typeof status !== "number") {
    return {
      title: "The API does not answer.",
      todo: "What is on this page stays. Training that runs goes on. Check that Seams is still running, then try again.",
      diagnostics,
    };
  }
  const title = diagnostics[0]?.message ?? TITLES[status] ?? message;
  const todo =
    diagnostics[0]?.fix ??
    (status >= 500
      ? "Nothing was changed. Try again; the server's log says more."
      : message === title
        ? "Check the address, or go back."
        : message);
  return { title, todo, diagnostics: diagnostics.slice(1), status };
}

const TITLES: Readonly<Record<number, string>> = {
  404: "There is nothing here.",
  409: "Someone saved a newer version.",
  413: "That is more than the server takes at once.",
  429: "Too many requests in a short time.",
  500: "The server made a mistake.",
};

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}

/** The API's diagnostics were made by core's catalogue; a list is believed to hold them. */
const listOf = (value: unknown): readonly Diagnostic[] =>
  Array.isArray(value) ? (value as readonly Diagnostic[]) : []; // parser of the API's error
