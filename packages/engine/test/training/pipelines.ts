/** Documents over the two-glyphs problem, as people write them. */

/** Params of every learned stage here: small and quick. */
const quick = { steps: 120, batchSize: 16, learningRate: 0.02 };

const field = { kind: "field", params: { field: "glyphs" } };

/** A document of these stages and links, from `from` to `to`. */
export function pipeline(
  title: string,
  stages: Readonly<Record<string, unknown>>,
  links: readonly (readonly [from: string, to: string, mode?: string])[],
): unknown {
  return {
    format: 1,
    title,
    problem: "two-glyphs",
    stages: { in: field, ...stages },
    links: links.map(([from, to, mode]) => ({ from, to, ...(mode === undefined ? {} : { mode }) })),
  };
}

/** Reads each glyph by one shared network, and adds by a formula. */
export const eachThenAdd = (read: object = {}): unknown =>
  pipeline(
    "Each, then add",
    {
      read: { kind: "dense-net", params: { hidden: [16], label: "digits", each: true, ...quick, ...read } },
      add: { kind: "formula", params: { expression: "sum(digits) mod 4" } },
      out: { kind: "answer", params: { field: "y" } },
    },
    [
      ["in.value", "read.input"],
      ["read.output", "add.digits"],
      ["add.output", "out.value"],
    ],
  );

/** One network from glyphs to the answer. */
export const endToEnd = (read: object = {}, target = "y"): unknown =>
  pipeline(
    "End to end",
    {
      read: { kind: "dense-net", params: { hidden: [24], label: target, ...quick, ...read } },
      out: { kind: "answer", params: { field: target } },
    },
    [
      ["in.value", "read.input"],
      ["read.output", "out.value"],
    ],
  );

/** Reads each glyph, then a second network adds; the link between them trains in a mode. */
export const twoNetworks = (
  mode: string | undefined,
  { read = {}, add = {} }: { read?: object; add?: object } = {},
): unknown =>
  pipeline(
    `Two networks, ${mode ?? "default"}`,
    {
      read: { kind: "dense-net", params: { hidden: [16], label: "digits", each: true, ...quick, ...read } },
      add: { kind: "dense-net", params: { hidden: [24], label: "y", ...quick, ...add } },
      out: { kind: "answer", params: { field: "y" } },
    },
    [
      ["in.value", "read.input"],
      mode === undefined ? ["read.output", "add.input"] : ["read.output", "add.input", mode],
      ["add.output", "out.value"],
    ],
  );
