import { readFileSync } from "node:fs";
import { metricsFor, problemJsonSchema } from "../../packages/core/src/index";
import { acceptedWords } from "../../apps/web/src/docs/param-words";
import { EXAMPLE_TYPES, plannedLosses } from "./example-types";
import { fenced, page, type Pages, table } from "./pages";

const EXAMPLE = new URL("../../packages/core/test/samples/problems/road-signs.json", import.meta.url);

/** A JSON Schema's parts that a table of field types is made from. */
interface Part {
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Part[];
  readonly additionalProperties?: Part;
}

/** What a problem folder holds, for people who write one by hand or by a script. */
export function problemFolderPage(): Pages {
  // What zod writes is JSON; the page only reads the parts that it knows.
  const { properties = {} } = problemJsonSchema() as Part;
  const types = properties.fields?.additionalProperties?.oneOf ?? [];
  const rows = types.map(({ properties: keys = {}, required = [] }) => [
    `\`${keys.is?.const ?? ""}\``,
    Object.entries(keys)
      .filter(([key]) => key !== "is" && key !== "price")
      .map(([key, schema]) => `\`${key}\`${required.includes(key) ? "" : " (optional)"}: ${told(schema)}`)
      .join("; "),
  ]);
  const uses = EXAMPLE_TYPES.map(({ words, type }) => [
    words,
    plannedLosses(type).join(", ") || "cannot be predicted by one stage",
    metricsFor(type).join(", "),
  ]);
  return {
    "reference/problem-folder.md": page(
      "# The problem folder",
      "`./seams import` makes one; people and scripts can write one too. A folder with `problem.json` and its records:",
      fenced(
        "text",
        [
          "my-problem/",
          "  problem.json",
          "  records.jsonl | records.csv | records.tsv | records.parquet    one row a record",
          "  arrays/<field>.npy                 instead of a column: one array a field, first axis = record",
          "  arrays/<field>.present.npy         optional: 0 = this record lacks this field",
          "  arrays/<field>.lengths.npy         optional: elements of each record's sequence or text",
        ].join("\n"),
      ),
      "A cell is a value, or a path to a picture, a recording or an array within the folder. An empty cell, a key that is not there and NaN all mean that the record lacks the field: a missing label is masked, never guessed.",
      "## problem.json",
      "JSON Schema: [problem.json](../schemas/problem.json). For example:",
      fenced("json", readFileSync(EXAMPLE, "utf8")),
      "Fields that are neither `input` nor `target` are labels in between: what seams can be supervised with. `metric` is one name, a list of which the first is the headline, or one entry a target. `split` names a column whose values are train, validation and test, or gives three fractions with a seed; `group` names a column that is never torn apart. `price` is what one label costs.",
      "## Field types",
      table(["Type", "Keys"], rows),
      "## What can be predicted",
      table(["Label", "Loss", "Metrics"], uses),
    ),
  };
}

const told = (schema: Part): string =>
  schema.oneOf === undefined ? acceptedWords(schema) : "any type but a sequence";
