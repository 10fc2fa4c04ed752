"use client";
import { Field, Select, TextInput } from "@seams/ui";
import { type Draft, splitOf, withSplit } from "./draft";

/** How the records are told apart: by a column, or drawn from a seed; groups stay together either way. */
export function SplitEditor({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const split = splitOf(draft);
  const set = (change: typeof split): void => onChange(withSplit(draft, change));
  const group = split.group === undefined ? {} : { group: split.group };
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Field label="Training and test">
        {({ id }) => (
          <Select
            id={id}
            label="Training and test"
            value={split.by}
            onValueChange={(by) =>
              set(
                by === "column"
                  ? { by: "column", column: "split", ...group }
                  : { by: "seed", test: 20, seed: 1, ...group },
              )
            }
            choices={[
              { value: "seed", label: "Drawn at random", help: "From a seed, the same every time." },
              { value: "column", label: "By a column", help: "It says train, validation or test." },
            ]}
          />
        )}
      </Field>
      {split.by === "column" ? (
        <Field label="Column">
          {(ids) => (
            <TextInput
              {...ids}
              value={split.column}
              onChange={(event) => set({ ...split, column: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <>
          <Field label="Test records" unit="%">
            {(ids) => (
              <TextInput
                {...ids}
                type="number"
                min={1}
                max={99}
                value={String(split.test)}
                onChange={(event) => set({ ...split, test: Number(event.target.value) })}
              />
            )}
          </Field>
          <Field label="Seed">
            {(ids) => (
              <TextInput
                {...ids}
                type="number"
                min={0}
                value={String(split.seed)}
                onChange={(event) =>
                  set({ ...split, seed: Math.max(0, Math.round(Number(event.target.value))) })
                }
              />
            )}
          </Field>
        </>
      )}
      <Field
        label="Keep together"
        help="A column, for example speaker or patient: records with the same value stay on one side."
      >
        {(ids) => (
          <TextInput
            {...ids}
            value={split.group ?? ""}
            placeholder="nothing"
            onChange={(event) => {
              const { group: _, ...rest } = split;
              set(event.target.value === "" ? rest : { ...rest, group: event.target.value });
            }}
          />
        )}
      </Field>
    </div>
  );
}
