"use client";
import type { RecordValue, TracedView } from "@seams/api";
import { Badge, Button, IconButton, TypeChip } from "@seams/ui";
import clsx from "clsx";
import { Check, Pencil, Undo2, X } from "lucide-react";
import { useState } from "react";
import { metricLook, writeScore } from "../scores";
import { ValueView } from "../values/value-view";
import { valueWords } from "../values/value-words";
import { canEdit, ValueEditor } from "./value-editor";

interface PlaceCardParts {
  readonly traced: TracedView;
  /** The value without any change; absent until it is known. */
  readonly before: RecordValue | undefined;
  /** What boxes are drawn on. */
  readonly picture: Extract<RecordValue, { is: "image" }> | undefined;
  readonly onEdit: (value: RecordValue | undefined) => void;
}

/** What one place holds, its truth beside it, and the ways to change it. */
export function PlaceCard({ traced, before, picture, onEdit }: PlaceCardParts) {
  const { place, from, type, value, truth, edited } = traced;
  const [editing, setEditing] = useState(false);
  const isField = place.startsWith(FIELD);
  const name = isField ? place.slice(FIELD.length) : place;
  const was = before === undefined || isSame(before, value) ? undefined : before;
  const canTakeTruth = !isField && truth !== undefined && !isSame(truth, value);
  return (
    <li
      aria-label={name}
      className={clsx(
        "flex flex-col gap-2 rounded-md border p-3",
        edited ? "border-accent" : was === undefined ? "border-line" : "border-warning/60",
      )}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <TypeChip name={name} type={type} />
        <span className="flex items-center gap-2">
          {edited ? <Badge tone="accent">by hand</Badge> : null}
          {edited || was === undefined ? null : <Badge tone="warning">follows</Badge>}
          <Mark traced={traced} />
          {canEdit(type) ? (
            <IconButton
              label={editing ? `Close the editor of ${name}` : `Change ${name}`}
              icon={<Pencil aria-hidden size={16} />}
              pressed={editing}
              onClick={() => setEditing(!editing)}
            />
          ) : null}
          {edited ? (
            <IconButton
              label={`Undo the change of ${name}`}
              icon={<Undo2 aria-hidden size={16} />}
              onClick={() => onEdit(undefined)}
            />
          ) : null}
        </span>
      </div>
      {from.length === 0 ? null : (
        <p className="text-sm text-quiet">from {from.map((one) => one.replace(FIELD, "")).join(", ")}</p>
      )}
      <ValueAndTruth traced={traced} name={name} was={was} />
      {canTakeTruth ? (
        <Button className="self-start" onClick={() => onEdit(truth)}>
          Use the truth
        </Button>
      ) : null}
      {editing ? (
        <ValueEditor name={name} type={type} value={value} picture={picture} onChange={onEdit} />
      ) : null}
    </li>
  );
}

/** What a place of the record's own begins with. */
const FIELD = "field ";

function ValueAndTruth({
  traced: { type, value, truth, label },
  name,
  was,
}: {
  readonly traced: TracedView;
  readonly name: string;
  readonly was: RecordValue | undefined;
}) {
  const drawn = { type, part: "intermediate", size: "full" } as const;
  const own = (
    <>
      <ValueView {...drawn} name={name} value={value} />
      {was === undefined ? null : (
        <p className="text-sm text-quiet">was {valueWords(type, was, "intermediate")}</p>
      )}
    </>
  );
  if (truth === undefined) return <div className="max-w-96">{own}</div>;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <div className="min-w-0">
        <p className="text-sm text-quiet">value</p>
        {own}
      </div>
      <div className="min-w-0">
        <p className="text-sm text-quiet">truth{label === undefined ? "" : `, ${label}`}</p>
        <ValueView {...drawn} name={`truth of ${name}`} value={truth} />
      </div>
    </div>
  );
}

/** Whether the value is right, or how near it comes. */
function Mark({ traced: { judgement } }: { readonly traced: TracedView }) {
  if (judgement === undefined) return null;
  const { right, score, metric } = judgement;
  if (right !== undefined)
    return (
      <Badge
        tone={right ? "good" : "danger"}
        icon={right ? <Check aria-hidden size={14} /> : <X aria-hidden size={14} />}
      >
        {right ? "right" : "wrong"}
      </Badge>
    );
  return score === undefined ? null : (
    <Badge>
      {metricLook(metric).title} {writeScore(metric, score)}
    </Badge>
  );
}

const isSame = (a: RecordValue, b: RecordValue): boolean => JSON.stringify(a) === JSON.stringify(b);
