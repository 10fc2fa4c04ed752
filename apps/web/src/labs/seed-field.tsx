"use client";
import { FEWEST_SEEDS } from "@seams/core/measure";
import { Field, TextInput } from "@seams/ui";
import { wholeNumbers } from "../editor/whole-numbers";

const MOST_SEEDS = 100;

/** Seeds 1, 2, …, as many as are written; undefined where that is no number a lab can have. */
export function seedsOf(text: string): readonly number[] | undefined {
  const written = wholeNumbers(text, { least: FEWEST_SEEDS, most: MOST_SEEDS, count: 1 });
  if (!("values" in written)) return undefined;
  return Array.from({ length: written.values[0] ?? 0 }, (_, index) => index + 1);
}

/** How many seeds a lab has. */
export function SeedField({
  text,
  onText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  return (
    <Field
      label="Seeds"
      help="How many times each cell is trained, with other rows and other first weights. Five or more for a finding."
      {...(seedsOf(text) === undefined
        ? {
            error: `Write a whole number, ${FEWEST_SEEDS} to ${MOST_SEEDS}: under ${FEWEST_SEEDS} seeds there is no verdict.`,
          }
        : {})}
    >
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}
