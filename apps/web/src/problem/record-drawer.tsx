"use client";
import type { RecordView } from "@seams/api";
import { Drawer, IconButton, TypeChip } from "@seams/ui";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { ValueView } from "../values/value-view";
import { valueWords } from "../values/value-words";
import { boxesOf, isDrawn, type NamedField } from "./record-fields";

const MISSING = { is: "missing" } as const;
const PART_WORDS = { input: "input", target: "target", intermediate: "between" } as const;

interface RecordDrawerParts {
  readonly record: RecordView | undefined;
  readonly fields: readonly NamedField[];
  readonly onClose: () => void;
  /** Absent at the page's ends. */
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

/** One record with all its fields. */
export function RecordDrawer({ record, fields, onClose, onPrevious, onNext }: RecordDrawerParts) {
  const boxes = record === undefined ? [] : boxesOf(fields, record.values);
  return (
    <Drawer
      open={record !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Record ${(record?.row ?? 0) + 1}`}
      description={`In the ${record?.split ?? ""} part.`}
      actions={
        <>
          <IconButton
            label="Previous record"
            icon={<ChevronLeft aria-hidden size={16} />}
            disabled={onPrevious === undefined}
            onClick={onPrevious}
          />
          <IconButton
            label="Next record"
            icon={<ChevronRight aria-hidden size={16} />}
            disabled={onNext === undefined}
            onClick={onNext}
          />
        </>
      }
    >
      {record === undefined ? null : (
        <dl className="flex flex-col gap-5">
          {fields.map((field) => {
            const value = record.values[field.name] ?? MISSING;
            return (
              <div key={field.name} className="flex flex-col gap-2">
                <dt className="flex flex-wrap items-center justify-between gap-2">
                  <TypeChip name={field.name} type={field.type} />
                  <span className="text-sm text-quiet">{PART_WORDS[field.part]}</span>
                </dt>
                <dd>
                  <ValueView {...field} value={value} size="full" boxes={boxes} />
                  {isDrawn(field) && value.is !== "missing" ? (
                    <p className="mt-1 text-sm text-quiet">{valueWords(field.type, value, field.part)}</p>
                  ) : null}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </Drawer>
  );
}
